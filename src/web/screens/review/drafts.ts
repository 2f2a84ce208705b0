// What is begun on an item: kept in this browser at each change, and on the server a moment later.

import { send } from '../../client.ts';
import { type Choices, readChoices } from './choice.ts';

export interface Draft {
  readonly choices: Choices;
  readonly comment: string;
}

const KEY = 'datasens.review.draft.';
const SAVE_MS = 1000;
/** One item is open at a time: a later draft takes the place of one that is not sent yet. */
const saving: { timer?: ReturnType<typeof setTimeout> } = {};

/** What this browser, else the server, keeps of an item; null where nothing was begun. */
export function readDraft(document: string, served: unknown): Draft | null {
  let local: unknown = null;
  try {
    local = JSON.parse(localStorage.getItem(KEY + document) ?? 'null');
  } catch {
    // Refused by the browser, or no draft: the server may have one.
  }
  for (const draft of [local, served]) {
    const choices = readChoices(draft);
    const { comment } = (draft ?? {}) as { readonly comment?: unknown };
    if (choices !== null) return { choices, comment: typeof comment === 'string' ? comment : '' };
  }
  return null;
}

export function keepDraft(document: string, draft: Draft, language: string): void {
  try {
    localStorage.setItem(KEY + document, JSON.stringify(draft));
  } catch {
    // Refused by the browser: the server keeps it.
  }
  clearTimeout(saving.timer);
  saving.timer = setTimeout(() => {
    const path = `/api/v1/review/items/${document}/draft`;
    // Without a server the browser's own copy is what there is: nothing to tell.
    send({ method: 'PUT', path, body: { draft }, language }).catch(() => undefined);
  }, SAVE_MS);
}

export function dropDraft(document: string): void {
  clearTimeout(saving.timer);
  try {
    localStorage.removeItem(KEY + document);
  } catch {
    // Nothing was kept.
  }
}
