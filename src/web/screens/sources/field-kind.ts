// Which field a JSON Schema asks for. What no field suits is written as JSON.

import type { Value, Values } from './draft.ts';

/** The part of JSON Schema that zod writes for collectors. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: Value;
  readonly const?: Value;
  readonly enum?: readonly Value[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
}

export type Field =
  | { readonly kind: 'text'; readonly maxLength: number | null }
  | { readonly kind: 'number'; readonly whole: boolean }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'truth' }
  /** Several texts; `alone` where one may stand without its list. */
  | { readonly kind: 'texts'; readonly alone: boolean }
  /** A text that may also be read as a number or as yes and no. */
  | { readonly kind: 'free' }
  | { readonly kind: 'group'; readonly schema: Schema }
  | { readonly kind: 'pairs' }
  /** One of several groups, told apart by a constant or by their first required word. */
  | { readonly kind: 'variants'; readonly variants: readonly Schema[] }
  | { readonly kind: 'json' };

export function fieldOf(schema: Schema): Field {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return unionOf(options);
  if (schema.enum?.every((value) => typeof value === 'string')) {
    return { kind: 'choice', options: schema.enum as readonly string[] };
  }
  switch (schema.type) {
    case 'string':
      return { kind: 'text', maxLength: schema.maxLength ?? null };
    case 'integer':
    case 'number':
      return { kind: 'number', whole: schema.type === 'integer' };
    case 'boolean':
      return { kind: 'truth' };
    case 'array':
      return schema.items?.type === 'string' && !schema.items.enum ? { kind: 'texts', alone: false } : { kind: 'json' };
    case 'object':
      if (schema.properties) return { kind: 'group', schema };
      return isTexts(schema.additionalProperties) ? { kind: 'pairs' } : { kind: 'json' };
    default:
      return { kind: 'json' };
  }
}

function unionOf(options: readonly Schema[]): Field {
  const types = new Set(options.map(({ type }) => type));
  if (types.size === 2 && types.has('string') && options.some(isList)) return { kind: 'texts', alone: true };
  if (options.every((option) => option.properties)) return { kind: 'variants', variants: options };
  const scalar = options.every(({ type = '' }) => ['string', 'number', 'integer', 'boolean'].includes(type));
  return { kind: scalar ? 'free' : 'json' };
}

function isList({ type, items }: Schema): boolean {
  return type === 'array' && items?.type === 'string';
}

function isTexts(schema: Schema | boolean | undefined): boolean {
  return typeof schema === 'object' && schema.type === 'string';
}

/** The word that tells a variant from the others, as a reader sees it. */
export function variantName(variant: Schema): string {
  const constants = Object.values(variant.properties ?? {}).flatMap((property) => property.const ?? []);
  return constants.length > 0 ? constants.map(String).join(', ') : (variant.required ?? []).join(', ');
}

/** What a variant holds before anything is written: its constants. */
export function variantStart(variant: Schema): Values {
  const constants = Object.entries(variant.properties ?? {}).filter(([, property]) => property.const !== undefined);
  return Object.fromEntries(constants.map(([name, property]) => [name, property.const!]));
}

/** The variant that a value is of: all its constants and the most of its words. */
export function variantOf(variants: readonly Schema[], value: Values): number {
  const score = ({ properties = {}, required = [] }: Schema): number => {
    const constants = Object.entries(properties).filter(([, property]) => property.const !== undefined);
    if (constants.some(([name, property]) => value[name] !== property.const)) return -1;
    return constants.length * 10 + required.filter((name) => name in value).length;
  };
  const scores = variants.map(score);
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

/** A free text as the value it spells. */
export function freeValue(text: string): Value | undefined {
  if (text === '') return undefined;
  if (text === 'true' || text === 'oui') return true;
  if (text === 'false' || text === 'non') return false;
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** What ties a control to its field. */
export interface ControlAttributes {
  readonly id: string;
  readonly 'aria-required': boolean;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby'?: string;
}
