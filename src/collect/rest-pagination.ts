// Where the next page of an API is, by what the settings say and the answer holds.

import { compileExpression, type Expression } from './expression.ts';
import { linkTarget } from './link-header.ts';
import type { Pagination } from './rest-config.ts';
import type { Position, Requests } from './rest-request.ts';

/** What was seen of the list so far, this page included. */
export interface Seen {
  readonly value: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Address that answered, after redirects. */
  readonly url: string;
  readonly position: Position;
  readonly pageItems: number;
  readonly items: number;
}

export interface Paginator {
  readonly first: Position;
  /** Null after the last page. @throws ExpressionFailure, egress-refused where the next page is elsewhere */
  next(seen: Seen): Promise<Position | null>;
  /** The page after one that could not be read, or null where only the page itself could say. */
  after(position: Position, usualItems: number): Position | null;
}

export function openPaginator(pagination: Pagination, requests: Requests): Paginator {
  const total = 'total' in pagination && pagination.total ? compileExpression(pagination.total) : null;
  const next = 'next' in pagination ? compileExpression(pagination.next) : null;
  const first: Position = pagination.kind === 'page' ? { kind: 'number', value: pagination.first } : start(pagination);
  return {
    first,
    async next(seen) {
      switch (pagination.kind) {
        case 'none':
          return null;
        case 'page':
        case 'offset':
          if (seen.pageItems === 0 || (await isComplete(total, seen))) return null;
          return advanced(seen.position, pagination.kind === 'page' ? 1 : seen.pageItems);
        case 'cursor': {
          const cursor = await next!.evaluate(seen.value);
          return isGiven(cursor) ? { kind: 'cursor', value: cursor } : null;
        }
        case 'link':
          return linked(linkTarget(seen.headers.link ?? '', 'next'), seen.url);
        case 'next': {
          const target = await next!.evaluate(seen.value);
          return linked(isGiven(target) ? String(target) : null, seen.url);
        }
        default:
          return pagination satisfies never;
      }
    },
    after(position, usualItems) {
      if (pagination.kind === 'page') return advanced(position, 1);
      return pagination.kind === 'offset' && usualItems > 0 ? advanced(position, usualItems) : null;
    },
  };

  function linked(target: string | null, answered: string): Position | null {
    return target === null ? null : { kind: 'url', value: requests.link(target, answered) };
  }
}

function start({ kind }: Pagination): Position {
  return kind === 'offset' ? { kind: 'number', value: 0 } : { kind: 'start' };
}

function advanced(position: Position, by: number): Position {
  return { kind: 'number', value: position.kind === 'number' ? Number(position.value) + by : by };
}

async function isComplete(total: Expression | null, { value, items }: Seen): Promise<boolean> {
  const said = total === null ? undefined : await total.evaluate(value);
  return typeof said === 'number' && items >= said;
}

function isGiven(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
