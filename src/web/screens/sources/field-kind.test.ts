import { expect, test } from 'vitest';
import { loadCollectors } from '../../../run/plugins.ts';
import { catalogueOf } from '../../../run/source-catalogue.ts';
import { bodyOf, NEW_DRAFT, nameFrom, stepOf } from './draft.ts';
import { fieldOf, freeValue, type Schema, variantName, variantOf, variantStart } from './field-kind.ts';
import { fieldWords, NAMED_FIELDS } from './field-words.ts';

test('each word of each collector has a field', async () => {
  const { collectors } = catalogueOf(await loadCollectors());
  const kinds = (name: string) => {
    const schema = collectors.find((collector) => collector.name === name)!.schema as Schema;
    return Object.fromEntries(Object.entries(schema.properties!).map(([key, inner]) => [key, fieldOf(inner).kind]));
  };
  expect(kinds('file')).toMatchObject({
    path: 'texts',
    format: 'choice',
    encoding: 'text',
    header: 'free',
    map: 'group',
    maximumBytes: 'number',
  });
  expect(kinds('rss')).toMatchObject({ feeds: 'texts' });
  expect(kinds('rest')).toMatchObject({ headers: 'pairs', pagination: 'variants', map: 'group', body: 'json' });
  expect(kinds('web')).toMatchObject({ sitemap: 'texts', approvedBy: 'text' });
});

test('the French words are of fields that there are', async () => {
  const { collectors } = catalogueOf(await loadCollectors());
  const paths = (path: string, schema: Schema): readonly string[] => [
    path,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => paths(`${path}.${name}`, inner)),
    ...(schema.anyOf ?? schema.oneOf ?? []).flatMap((inner) => paths(path, inner)),
  ];
  const known = new Set(collectors.flatMap(({ name, schema }) => paths(name, schema as Schema)));
  const here = NAMED_FIELDS.filter((path) => known.has(path.split('.')[0]!));
  expect(here.filter((path) => !known.has(path))).toEqual([]);
  expect(fieldWords('file.path', 'files', 'fr').label).toBe('Fichiers ou dossier');
  expect(fieldWords('file.maximumBytes', 'largest', 'fr').label).toBe('Taille maximale');
  expect(fieldWords('file.maximumBytes', 'largest', 'en')).toEqual({ label: 'Maximum bytes', help: 'largest' });
  expect(fieldWords('later.newWord', 'what it is', 'fr')).toEqual({ label: 'newWord', help: 'what it is' });
});

test('what no field suits is written as JSON', () => {
  expect(fieldOf({}).kind).toBe('json');
  expect(fieldOf({ type: 'array', items: { type: 'object' } }).kind).toBe('json');
  expect(fieldOf({ type: 'object', additionalProperties: { type: 'string' } }).kind).toBe('pairs');
  expect(fieldOf({ type: 'object', additionalProperties: {} }).kind).toBe('json');
  expect(fieldOf({ anyOf: [{ type: 'string' }, { type: 'object', properties: {} }] }).kind).toBe('json');
  expect(fieldOf({ type: 'boolean' }).kind).toBe('truth');
});

test('variants are told apart by their constants, then by what they need', () => {
  const variants: readonly Schema[] = [
    { properties: { kind: { const: 'page' }, size: { type: 'integer' } }, required: ['kind', 'size'] },
    { properties: { kind: { const: 'cursor' }, at: { type: 'string' } }, required: ['kind', 'at'] },
    { properties: { link: { type: 'boolean' } }, required: ['link'] },
  ];
  expect(variants.map(variantName)).toEqual(['page', 'cursor', 'link']);
  expect(variantStart(variants[1]!)).toEqual({ kind: 'cursor' });
  expect(variantOf(variants, { kind: 'cursor' })).toBe(1);
  expect(variantOf(variants, { link: true })).toBe(2);
  expect(fieldOf({ anyOf: variants }).kind).toBe('variants');
});

test('a free text is the number or the truth that it spells', () => {
  expect(['', 'oui', 'false', '3', 'Feuil1'].map(freeValue)).toEqual([undefined, true, false, 3, 'Feuil1']);
});

test('names are made of titles and files, and mistakes lead to their step', () => {
  expect(nameFrom('Concertation « mobilités » 2026')).toBe('concertation-mobilites-2026');
  expect(nameFrom('inputs/mai/Avis reçus.csv')).toBe('avis-recus');
  const step = (pointer: string) => stepOf({ pointer, detail: '' });
  expect(['/with/path/0', '/licence', '/every', '/name', '/'].map(step)).toEqual([
    'settings',
    'legal',
    'rhythm',
    'rhythm',
    'rhythm',
  ]);
  expect(bodyOf({ ...NEW_DRAFT, title: ' ', every: 'chaque jour' })).toMatchObject({ every: 'chaque jour' });
  expect(bodyOf({ ...NEW_DRAFT, title: ' ' })).not.toHaveProperty('title');
});
