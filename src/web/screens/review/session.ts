// One reader's session: what is ahead, what is shown, what was answered. It outlives a reload, and goes on without a server.

import type {
  ReviewItemAnswer,
  ReviewNextAnswer,
  ShownAnswer,
  SkipReason,
  TaskAnswer,
} from '../../../api/review-schemas.ts';
import { ProblemError, read, send } from '../../client.ts';
import { type Entry, openOutbox, type Refused } from './outbox.ts';

export interface Past {
  /** With the etag that the answer leaves. */
  readonly item: ReviewItemAnswer;
  readonly answers: readonly TaskAnswer[];
  readonly skipped: SkipReason | null;
  readonly comment: string;
  readonly machine: readonly ShownAnswer[] | null;
}

export interface SessionState {
  readonly status: 'loading' | 'ready' | 'done' | 'failed';
  readonly current: ReviewItemAnswer | null;
  /** Oldest first. */
  readonly past: readonly Past[];
  /** Which of the past is looked at again; null for the current item. */
  readonly looking: number | null;
  /** Answers that the server does not have yet. */
  readonly waiting: number;
  readonly offline: boolean;
  readonly refused: readonly Refused[];
  /** False where this browser keeps nothing: a reload would lose what waits. */
  readonly kept: boolean;
  readonly error: unknown;
}

export interface Given {
  readonly answers: readonly TaskAnswer[];
  readonly skipped: SkipReason | null;
  readonly comment: string;
  readonly seconds: number | null;
}

export interface Session {
  readonly state: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  start(): Promise<void>;
  /** Keeps an answer to what is shown, and goes on. */
  answer(given: Given): void;
  /** Takes back the last answer, and shows its item again. Null where there is none. */
  undo(): Past | null;
  look(by: -1 | 1): void;
  open(document: string): Promise<void>;
  dismiss(id: string): void;
  close(): void;
}

const AHEAD_ITEMS = 8;
const AHEAD_LEAST = 4;
const PAST_KEPT = 200;
const RETRY_MS = 3000;

interface SessionOptions {
  /** How many the codebook has. */
  readonly tasks: number;
  readonly person: string;
  readonly language: () => string;
}

/** Opens the session of a person in this tab. */
export function openSession({ tasks, person, language }: SessionOptions): Session {
  const [pastKey, aheadKey] = [`datasens.review.past.${person}`, `datasens.review.ahead.${person}`];
  let state: SessionState = {
    status: 'loading',
    current: null,
    past: kept<Past>(sessionStorage, pastKey),
    looking: null,
    waiting: 0,
    offline: false,
    refused: [],
    kept: true,
    error: null,
  };
  let ahead: readonly ReviewItemAnswer[] = [];
  let opened: ReviewItemAnswer | null = null;
  let filling: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('datasens.review') : null;

  const set = (change: Partial<SessionState>) => {
    state = { ...state, ...change };
    if (change.past) keep(sessionStorage, pastKey, change.past.slice(-PAST_KEPT));
    for (const listener of listeners) listener();
  };
  const outbox = openOutbox({
    language,
    person,
    changed: () => set({ waiting: outbox.entries().length, refused: outbox.refused(), offline: outbox.offline() }),
    answered: (entry, { machine }) =>
      set({ past: state.past.map((one) => (one.item.document === entry.document ? { ...one, machine } : one)) }),
  });

  /** Answered here or in another tab, whether the server knows or not. */
  const isAnswered = (document: string) => {
    const last = outbox.entries().findLast((entry) => entry.document === document);
    if (last !== undefined) return last.kind === 'answer';
    return state.past.some(({ item }) => item.document === document);
  };
  const keepAhead = () => keep(sessionStorage, aheadKey, state.current === null ? ahead : [state.current, ...ahead]);
  const advance = () => {
    ahead = ahead.filter(({ document }) => !isAnswered(document));
    const [current = null, ...rest] = ahead;
    ahead = rest;
    opened = null;
    set({ current, looking: null, status: current === null ? 'loading' : 'ready' });
    keepAhead();
    if (ahead.length < AHEAD_LEAST) void fill();
  };

  const fill = (): Promise<void> => {
    filling ??= ask().finally(() => {
      filling = null;
    });
    return filling;
  };
  const ask = async () => {
    clearTimeout(timer);
    // The server gives again what it has not heard was answered.
    await outbox.flush();
    try {
      const { items } = await send<ReviewNextAnswer>({
        method: 'POST',
        path: '/api/v1/review/next',
        body: { limit: AHEAD_ITEMS },
        language: language(),
      });
      const known = new Set([state.current?.document, ...ahead.map(({ document }) => document)]);
      ahead = [...ahead, ...items.filter(({ document }) => !known.has(document) && !isAnswered(document))];
      if (state.current === null && ahead.length > 0) advance();
      else if (state.current === null) set({ status: 'done' });
      keepAhead();
    } catch (error) {
      const isAway = error instanceof ProblemError && error.code === 'offline';
      set({ offline: isAway || state.offline, ...(state.current === null ? { status: 'failed', error } : {}) });
      timer = setTimeout(() => void fill(), RETRY_MS);
    }
  };

  tabs?.addEventListener('message', ({ data }: MessageEvent<{ readonly document?: string }>) => {
    ahead = ahead.filter(({ document }) => document !== data.document);
    if (state.current?.document === data.document && opened === null) advance();
  });

  const shown = () => (state.looking === null ? state.current : (state.past[state.looking]?.item ?? null));

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      set({ waiting: outbox.entries().length, refused: outbox.refused() });
      ahead = kept<ReviewItemAnswer>(sessionStorage, aheadKey).filter(({ document }) => !isAnswered(document));
      if (ahead.length > 0) advance();
      await fill();
    },
    answer(given) {
      const item = shown();
      if (item === null) return;
      const entry: Entry = {
        ...given,
        id: crypto.randomUUID(),
        kind: 'answer',
        person,
        document: item.document,
        etag: item.etag,
        at: Date.now() + performance.now() / 1e6,
        settles: false,
      };
      const written = outbox.add(entry);
      const said = given.skipped === null ? given.answers.length : tasks;
      const past: Past = {
        item: { ...item, etag: String(Number(item.etag) + said) },
        answers: given.answers,
        skipped: given.skipped,
        comment: given.comment,
        machine: item.machine,
      };
      tabs?.postMessage({ document: item.document });
      const others = state.past.filter((one) => one.item.document !== item.document);
      const isAgain = state.looking !== null;
      set({ kept: state.kept && written, past: isAgain ? replaced(state.past, past) : [...others, past] });
      void outbox.flush();
      if (isAgain) set({ looking: null });
      else advance();
    },
    undo() {
      const last = state.past.at(-1);
      if (last === undefined) return null;
      const said = last.skipped === null ? last.answers.length : tasks;
      outbox.add({
        id: crypto.randomUUID(),
        kind: 'undo',
        person,
        document: last.item.document,
        etag: last.item.etag,
        at: Date.now() + performance.now() / 1e6,
        answers: [],
        skipped: null,
        comment: '',
        seconds: null,
        settles: false,
      });
      const back = { ...last.item, machine: last.machine, etag: String(Number(last.item.etag) + said) };
      ahead = state.current === null ? ahead : [state.current, ...ahead];
      set({ past: state.past.slice(0, -1), current: back, looking: null, status: 'ready' });
      keepAhead();
      void outbox.flush();
      return last;
    },
    look(by) {
      const from = state.looking ?? state.past.length;
      const to = Math.max(0, from + by);
      if (state.past.length === 0) return;
      set({ looking: to >= state.past.length ? null : to });
    },
    async open(document) {
      await outbox.flush();
      const item = await read<ReviewItemAnswer>(`/api/v1/review/items/${document}`, { language: language() });
      if (item.answers.length > 0 || item.skipped !== null) {
        const { answers, skipped, comment, machine } = item;
        const past = [
          ...state.past.filter((one) => one.item.document !== document),
          { item, answers, skipped, comment, machine },
        ];
        set({ past, looking: past.length - 1, status: 'ready' });
        return;
      }
      opened = item;
      ahead = [...(state.current === null ? [] : [state.current]), ...ahead].filter((one) => one.document !== document);
      set({ current: item, looking: null, status: 'ready' });
      keepAhead();
    },
    dismiss: (id) => outbox.dismiss(id),
    close() {
      clearTimeout(timer);
      outbox.close();
      tabs?.close();
    },
  };
}

function replaced(past: readonly Past[], by: Past): readonly Past[] {
  return past.map((one) => (one.item.document === by.item.document ? by : one));
}

function keep(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Refused or full: the server keeps these items for their reader all the same.
  }
}

function kept<Value>(storage: Storage, key: string): readonly Value[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(value) ? (value as Value[]) : [];
  } catch {
    return [];
  }
}
