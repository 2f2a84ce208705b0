// Answers on their way: written down in this browser before they are sent, sent once each by whichever tab is free, kept until
// the server has them. Nothing is lost when the page is closed, the network gone or the server stopped.

import type { ReviewAnsweredAnswer, SkipReason, TaskAnswer } from '../../../api/review-schemas.ts';
import { ProblemError, send } from '../../client.ts';

export interface Entry {
  /** UUID: what the server knows it by, however often it is sent. */
  readonly id: string;
  readonly kind: 'answer' | 'undo';
  /** Who gave it: nobody else sends it. */
  readonly person: string;
  readonly document: string;
  readonly etag: string;
  readonly at: number;
  readonly answers: readonly TaskAnswer[];
  readonly skipped: SkipReason | null;
  readonly comment: string;
  readonly seconds: number | null;
  readonly settles: boolean;
}

export interface Refused {
  readonly id: string;
  readonly document: string;
  readonly kind: Entry['kind'];
  readonly code: string;
}

export interface Outbox {
  /** Writes it down; true once it is kept in this browser, false where the browser keeps nothing. */
  add(entry: Entry): boolean;
  /** Oldest first. */
  entries(): readonly Entry[];
  refused(): readonly Refused[];
  dismiss(id: string): void;
  /** Sends what there is, in order; stops where the server cannot be reached, and tries again by itself. */
  flush(): Promise<void>;
  /** True where the last attempt found no server. */
  offline(): boolean;
  close(): void;
}

interface Heard {
  readonly changed: () => void;
  readonly answered: (entry: Entry, answer: ReviewAnsweredAnswer) => void;
  readonly language: () => string;
  readonly person: string;
}

const ENTRY = 'datasens.review.outbox.';
const REFUSED = 'datasens.review.refused.';
const RETRY_MS = 2000;
const SENDING_MS = 15_000;
/** What trying again later may cure: no answer, a server that is down or busy, a session to open again. */
const LATER: ReadonlySet<string> = new Set([
  'offline',
  'unauthenticated',
  'store-unavailable',
  'remote-unavailable',
  'internal',
  'cancelled',
]);

/** Opens what this browser has written down. */
export function openOutbox({ changed, answered, language, person }: Heard): Outbox {
  const kept = new Map<string, string>();
  let isOffline = false;
  let going: Promise<void> | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;

  const read = <Value>(prefix: string): readonly Value[] => {
    const found = new Map(kept);
    for (let at = 0; at < localStorage.length; at += 1) {
      const key = localStorage.key(at)!;
      if (key.startsWith(prefix)) found.set(key, localStorage.getItem(key)!);
    }
    return [...found].filter(([key]) => key.startsWith(prefix)).flatMap(([, text]) => parsed<Value>(text));
  };
  const write = (key: string, value: unknown): boolean => {
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(key, text);
      return true;
    } catch {
      kept.set(key, text);
      return false;
    }
  };
  const remove = (key: string) => {
    kept.delete(key);
    localStorage.removeItem(key);
  };
  const entries = () =>
    read<Entry>(ENTRY)
      .filter((entry) => entry.person === person)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

  const refuse = (entry: Entry, code: string) => {
    // What takes back an answer that was refused has nothing to take back.
    const lost = read<Refused>(REFUSED).some(({ document, kind }) => document === entry.document && kind === 'answer');
    if (entry.kind === 'undo' && lost) return;
    write(REFUSED + entry.id, { id: entry.id, document: entry.document, kind: entry.kind, code } satisfies Refused);
  };

  const sendAll = async () => {
    for (let entry = entries()[0]; entry !== undefined; entry = entries()[0]) {
      try {
        const answer = await sendEntry(entry, language());
        isOffline = false;
        remove(ENTRY + entry.id);
        if (entry.kind === 'answer') answered(entry, answer as ReviewAnsweredAnswer);
      } catch (error) {
        const code = error instanceof ProblemError ? error.code : 'offline';
        if (LATER.has(code)) {
          isOffline = true;
          clearTimeout(again);
          again = setTimeout(() => void flush(), RETRY_MS);
          return;
        }
        refuse(entry, code);
        remove(ENTRY + entry.id);
      } finally {
        changed();
      }
    }
  };

  const flush = (): Promise<void> => {
    // One tab sends at a time: what another has just sent is no longer there when it is this one's turn.
    const turn = async () => {
      if ('locks' in navigator) await navigator.locks.request('datasens.review', sendAll);
      else await sendAll();
    };
    going = (going ?? Promise.resolve()).then(turn).catch(() => undefined);
    return going;
  };

  const heard = (event: StorageEvent) => {
    if (event.key === null || event.key.startsWith(ENTRY) || event.key.startsWith(REFUSED)) changed();
  };
  const online = () => void flush();
  addEventListener('storage', heard);
  addEventListener('online', online);

  return {
    add(entry) {
      const isKept = write(ENTRY + entry.id, entry);
      changed();
      return isKept;
    },
    entries,
    refused: () => read<Refused>(REFUSED),
    dismiss(id) {
      remove(REFUSED + id);
      changed();
    },
    flush,
    offline: () => isOffline,
    close() {
      clearTimeout(again);
      removeEventListener('storage', heard);
      removeEventListener('online', online);
    },
  };
}

function sendEntry(entry: Entry, language: string): Promise<unknown> {
  const { id, kind, document, etag, answers, skipped, comment, seconds, settles } = entry;
  return send({
    method: 'POST',
    path: kind === 'answer' ? '/api/v1/review/answers' : '/api/v1/review/undo',
    body: kind === 'answer' ? { document, answers, skipped, comment, seconds, settles } : { document, settles },
    language,
    headers: { 'idempotency-key': id, 'if-match': `"${etag}"` },
    signal: AbortSignal.timeout(SENDING_MS),
  });
}

function parsed<Value>(text: string): readonly Value[] {
  try {
    return [JSON.parse(text) as Value];
  } catch {
    return [];
  }
}
