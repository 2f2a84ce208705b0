// Reads the API. Answers are typed by the API's own schemas; failures are the API's problems.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { BarometerAnswer } from '../api/barometer.ts';
import type { CodebookAnswer, DocumentAnswer, SearchAnswer } from '../api/documents.ts';
import type { JourneyAnswer } from '../api/journey.ts';
import type { ReleasesAnswer } from '../api/releases.ts';
import type { RunsAnswer } from '../api/runs.ts';
import { useWords } from './language.tsx';

/** A failure as the API tells it; `code` is `offline` where no answer came. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: string;
  readonly requestId: string | null;

  constructor(title: string, code: string, requestId: string | null) {
    super(title);
    this.code = code;
    this.requestId = requestId;
  }
}

interface Answers {
  readonly '/api/v1/journey': JourneyAnswer;
  readonly '/api/v1/barometer': BarometerAnswer;
  readonly '/api/v1/documents': SearchAnswer;
  readonly '/api/v1/codebook': CodebookAnswer;
  readonly '/api/v1/runs': RunsAnswer;
  readonly '/api/v1/releases': ReleasesAnswer;
  readonly [document: `/api/v1/documents/${string}`]: DocumentAnswer;
}

interface AnswerOptions {
  readonly keepPrevious?: boolean;
  readonly staleTime?: number;
}

/** An answer of the API, kept as long as it is fresh. */
export function useAnswer<Path extends keyof Answers & string>(
  path: Path,
  query: Readonly<Record<string, string>> = {},
  { keepPrevious = false, staleTime }: AnswerOptions = {},
) {
  const { language } = useWords();
  const search = new URLSearchParams(query).toString();
  return useQuery<Answers[Path]>({
    queryKey: [path, search],
    queryFn: ({ signal }) => read<Answers[Path]>(search === '' ? path : `${path}?${search}`, { signal, language }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(staleTime === undefined ? {} : { staleTime }),
  });
}

async function read<Answer>(
  url: string,
  { signal, language }: { readonly signal: AbortSignal; readonly language: string },
): Promise<Answer> {
  const response = await fetch(url, {
    signal,
    headers: { accept: 'application/json', 'accept-language': language },
  }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new ProblemError('', 'offline', null);
  });
  if (response.ok) return (await response.json()) as Answer;
  const problem = (await response.json().catch(() => ({}))) as {
    readonly title?: string;
    readonly code?: string;
    readonly requestId?: string;
  };
  throw new ProblemError(problem.title ?? '', problem.code ?? 'internal', problem.requestId ?? null);
}
