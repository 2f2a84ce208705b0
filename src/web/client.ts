// Reads the API. Answers are typed by the API's own schemas; failures are the API's problems.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { BarometerAnswer } from '../api/barometer.ts';
import type { CodebookViewAnswer } from '../api/codebook.ts';
import type { BarometerContextAnswer, DocumentContextAnswer } from '../api/context.ts';
import type { CopyGroupPageAnswer, CopyGroupsAnswer } from '../api/copies.ts';
import type { DocumentStepsAnswer } from '../api/document-steps.ts';
import type { CodebookAnswer, DocumentAnswer, SearchAnswer } from '../api/documents.ts';
import type { DivergencesAnswer, EvaluationAnswer } from '../api/evaluation.ts';
import type { JourneyAnswer } from '../api/journey.ts';
import type { RecipeExamplesAnswer, RecipesAnswer, StrandedAnswer } from '../api/recipes.ts';
import type { ReleasesAnswer } from '../api/releases.ts';
import type { RunChoicesAnswer } from '../api/run-desk.ts';
import type { RunDetailAnswer, RunDifferenceAnswer } from '../api/run-schemas.ts';
import type { RunsAnswer } from '../api/runs.ts';
import type {
  CatalogueAnswer,
  InputsAnswer,
  RefusalsAnswer,
  RhythmAnswer,
  SourceAnswer,
  SourcesAnswer,
} from '../api/source-schemas.ts';
import type { PlacesAnswer, TerritoryStateAnswer } from '../api/territory.ts';
import type { ThemesAnswer } from '../api/themes.ts';
import { useWords } from './language.tsx';

/** A failure as the API tells it; `code` is `offline` where no answer came. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: string;
  readonly requestId: string | null;
  /** The program's own words, in English, where they may be told. */
  readonly detail: string | null;
  /** What is wrong with what was sent, field by field. */
  readonly mistakes: readonly Mistake[];

  constructor(title: string, code: string, requestId: string | null, more: ProblemDetail = {}) {
    super(title);
    this.code = code;
    this.requestId = requestId;
    this.detail = more.detail ?? null;
    this.mistakes = more.errors ?? [];
  }
}

interface ProblemDetail {
  readonly detail?: string;
  readonly errors?: readonly Mistake[];
}

export interface Mistake {
  /** JSON pointer into what was sent. */
  readonly pointer: string;
  readonly detail: string;
  readonly code?: string;
  readonly line?: number;
}

interface Answers {
  readonly '/api/v1/journey': JourneyAnswer;
  readonly '/api/v1/barometer': BarometerAnswer;
  readonly '/api/v1/barometer/context': BarometerContextAnswer;
  readonly '/api/v1/documents': SearchAnswer;
  readonly '/api/v1/places': PlacesAnswer;
  readonly '/api/v1/codebook': CodebookAnswer;
  readonly '/api/v1/codebook/view': CodebookViewAnswer;
  readonly '/api/v1/themes': ThemesAnswer;
  readonly '/api/v1/runs': RunsAnswer;
  readonly '/api/v1/runs/choices': RunChoicesAnswer;
  readonly [run: `/api/v1/runs/${string}/detail`]: RunDetailAnswer;
  readonly [compared: `/api/v1/runs/${string}/difference`]: RunDifferenceAnswer;
  readonly '/api/v1/evaluation': EvaluationAnswer;
  readonly '/api/v1/evaluation/divergences': DivergencesAnswer;
  readonly '/api/v1/releases': ReleasesAnswer;
  readonly '/api/v1/recipes': RecipesAnswer;
  readonly '/api/v1/collectors': CatalogueAnswer;
  readonly '/api/v1/inputs': InputsAnswer;
  readonly '/api/v1/rhythm': RhythmAnswer;
  readonly '/api/v1/sources': SourcesAnswer;
  readonly [document: `/api/v1/documents/${string}`]: DocumentAnswer;
  readonly [source: `/api/v1/sources/${string}`]: SourceAnswer;
  readonly '/api/v1/clusters': CopyGroupsAnswer;
  readonly [group: `/api/v1/clusters/${string}`]: CopyGroupPageAnswer;
}

interface AnswerOptions<Answer = unknown> {
  readonly keepPrevious?: boolean;
  readonly staleTime?: number;
  /** False asks nothing yet. */
  readonly enabled?: boolean;
  /** Milliseconds until it is asked for again, as long as the answer says so. */
  readonly refetchEvery?: (answer: Answer | undefined) => number | false;
}

/** An answer of the API, kept as long as it is fresh. */
export function useAnswer<Path extends keyof Answers & string>(
  path: Path,
  query: Readonly<Record<string, string>> = {},
  options: AnswerOptions<Answers[Path]> = {},
) {
  return useRead<Answers[Path]>(path, query, options);
}

/** Dead letters of a source, whose address lies below the source's own. */
export function useDeadLetters(source: string, query: Readonly<Record<string, string>>, options: AnswerOptions) {
  return useRead<RefusalsAnswer>(`/api/v1/sources/${encodeURIComponent(source)}/refusals`, query, options);
}

/** A few documents of a source under both recipes. */
export function useRecipeExamples(source: string, { enabled = true }: AnswerOptions) {
  return useRead<RecipeExamplesAnswer>(`/api/v1/recipes/${encodeURIComponent(source)}/examples`, {}, { enabled });
}

/** Judgements that the last replacement left on texts that changed. */
export function useStranded(source: string, { enabled = true }: AnswerOptions) {
  return useRead<StrandedAnswer>(`/api/v1/recipes/${encodeURIComponent(source)}/stranded`, {}, { enabled });
}

/** What became of a document's text; made again each time it is asked for. */
export function useDocumentSteps(document: string, { enabled = true }: AnswerOptions) {
  return useRead<DocumentStepsAnswer>(`/api/v1/documents/${encodeURIComponent(document)}/steps`, {}, { enabled });
}

/** What surrounds a document, and what stands on its territory: their addresses lie below the document's own. */
export function useDocumentContext(id: string) {
  return useRead<DocumentContextAnswer>(`/api/v1/documents/${encodeURIComponent(id)}/context`, {}, {});
}

export function useTerritoryState(id: string) {
  return useRead<TerritoryStateAnswer>(`/api/v1/documents/${encodeURIComponent(id)}/territory`, {}, {});
}

function useRead<Answer>(
  path: string,
  query: Readonly<Record<string, string>>,
  { keepPrevious = false, staleTime, enabled = true, refetchEvery }: AnswerOptions<Answer>,
) {
  const { language } = useWords();
  const search = new URLSearchParams(query).toString();
  return useQuery<Answer>({
    queryKey: [path, search],
    enabled,
    queryFn: ({ signal }) => read<Answer>(search === '' ? path : `${path}?${search}`, { signal, language }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(staleTime === undefined ? {} : { staleTime }),
    ...(refetchEvery === undefined ? {} : { refetchInterval: ({ state }) => refetchEvery(state.data) }),
  });
}

interface Sending {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly language: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Sends a change or a question with a body. @throws ProblemError */
export function send<Answer>({ method, path, body, language, headers = {}, signal }: Sending): Promise<Answer> {
  return ask<Answer>(path, {
    method,
    body: JSON.stringify(body),
    headers: {
      accept: 'application/json',
      'accept-language': language,
      'content-type': 'application/json',
      ...headers,
    },
    ...(signal ? { signal } : {}),
  });
}

function read<Answer>(
  url: string,
  { signal, language }: { readonly signal: AbortSignal; readonly language: string },
): Promise<Answer> {
  return ask<Answer>(url, { signal, headers: { accept: 'application/json', 'accept-language': language } });
}

async function ask<Answer>(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, request).catch((cause: unknown) => {
    if (request.signal?.aborted) throw cause;
    throw new ProblemError('', 'offline', null);
  });
  if (response.ok) return (await response.json()) as Answer;
  const problem = (await response.json().catch(() => ({}))) as ProblemDetail & {
    readonly title?: string;
    readonly code?: string;
    readonly requestId?: string;
  };
  throw new ProblemError(problem.title ?? '', problem.code ?? 'internal', problem.requestId ?? null, problem);
}
