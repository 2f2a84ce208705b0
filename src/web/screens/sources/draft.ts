// A source as it is being written: what the fields hold, and what is sent.

import type { DraftBody, SourceAnswer } from '../../../api/source-schemas.ts';
import type { Mistake } from '../../client.ts';

export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type Values = { readonly [key: string]: Value };

export interface Draft {
  readonly name: string;
  readonly collector: string;
  readonly config: Values;
  readonly title: string;
  readonly licence: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly retention: string;
  readonly approver: string;
  readonly territory: string;
  readonly every: string;
  readonly paused: boolean;
}

export const STEPS = ['collector', 'settings', 'preview', 'legal', 'rhythm'] as const;
export type Step = (typeof STEPS)[number];

export const NEW_DRAFT: Draft = {
  name: '',
  collector: '',
  config: {},
  title: '',
  licence: '',
  purpose: '',
  legalBasis: '',
  retention: '3 years',
  approver: '',
  territory: '',
  every: '',
  paused: false,
};

/** A saved source, to be changed. */
export function draftOf(source: SourceAnswer): Draft {
  const { name, collector, licence, purpose, legalBasis, retention, paused } = source;
  return {
    ...{ name, collector, licence, purpose, legalBasis, retention, paused },
    config: source.config as Values,
    title: source.title ?? '',
    approver: source.approver ?? '',
    territory: source.territory ?? '',
    every: source.every ?? '',
  };
}

/** What is sent to try it. */
export function triedOf({ collector, config, territory }: Draft) {
  return { collector, with: config, ...(territory.trim() === '' ? {} : { territory }) };
}

/** What is sent to save it. */
export function bodyOf(draft: Draft): DraftBody {
  const { title, licence, purpose, legalBasis, retention, approver, every, paused } = draft;
  const given = Object.entries({ title, approver, every }).filter(([, value]) => value.trim() !== '');
  return { ...triedOf(draft), licence, purpose, legalBasis, retention, paused, ...Object.fromEntries(given) };
}

/** The step that holds the field of a mistake. */
export function stepOf({ pointer }: Mistake): Step {
  if (pointer.startsWith('/with')) return 'settings';
  if (pointer === '/collector') return 'collector';
  return pointer === '/every' || pointer === '/name' || pointer === '/' ? 'rhythm' : 'legal';
}

/** A name made of a title or of a file: lower case, digits and hyphens. */
export function nameFrom(words: string): string {
  const file = words
    .split('/')
    .at(-1)!
    .replace(/\.[a-z0-9]{1,8}$/i, '');
  return file
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
}

/** `values` with `value` under `key`, or without it where undefined. */
export function withValue(values: Values, key: string, value: Value | undefined): Values {
  const { [key]: _, ...others } = values;
  return value === undefined ? others : { ...values, [key]: value };
}

/** True for the pointer itself and for what is inside of it. */
export function isBelow(pointer: string, parent: string): boolean {
  return pointer === parent || pointer.startsWith(`${parent}/`);
}

/** The first text that a collector's settings hold: a path, an address. */
export function firstText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return '';
  return (
    Object.values(value)
      .map(firstText)
      .find((text) => text !== '') ?? ''
  );
}
