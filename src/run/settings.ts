// datasens.yaml as a steward writes it, and as the program uses it: every field present, every mistake named at once.

import { LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { FINDING_CODES } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { PERSONAL_KINDS } from '../model/personal.ts';
import { DEFAULT_RECIPE } from '../model/recipe.ts';
import { contextSchema, knownContextKeys } from './context-settings.ts';
import { DEFAULT_TIME_ZONE, parseRhythm } from './rhythm.ts';

const rhythm = z.string().superRefine((words, context) => {
  const read = parseRhythm(words);
  if (read.kind === 'problem') context.addIssue({ code: 'custom', message: read.message.en });
});

const sourceSchema = z.strictObject({
  collector: z.string().min(1).describe('name of a collector: file, rss …'),
  with: z.record(z.string(), z.unknown()).describe('what this collector needs; see `datasens explain <collector>`'),
  title: z.string().min(1).optional().describe('name shown to people'),
  licence: z.string().min(1).describe('licence id, e.g. lov2, cc-by-4.0, internal'),
  purpose: z.string().min(1).describe('why it is processed (GDPR art. 5.1.b)'),
  legalBasis: z.string().min(1).describe('legal basis (GDPR art. 6)'),
  retention: z.string().min(1).describe('how long it is kept, e.g. 3 years, 18 months'),
  territory: z
    .string()
    .min(1)
    .optional()
    .describe('where documents are that name no place: postal code, INSEE code, name or département'),
  approver: z.string().min(1).optional().describe('who approved that it is collected'),
  paused: z.boolean().optional().describe('true: collected only when it is named'),
  every: rhythm
    .optional()
    .describe('how often `datasens serve` collects it: toutes les 30 minutes, chaque lundi à 6 h'),
});

const percentSchema = z
  .string()
  .regex(/^(?:100|\d{1,2}(?:[.,]\d{1,3})?)\s?%$/, 'a percentage, such as 10%')
  .describe('a percentage, such as 10%');

const peopleSchema = z.strictObject({
  sample: z.int().min(1).max(20_000).default(200).describe('distinct texts drawn at random for people to judge'),
  doubleReading: percentSchema.default('10%').describe('share of them that two people read'),
  uncertain: percentSchema
    .default('50%')
    .refine((share) => readPercent(share) <= 0.5, 'at most 50%: below half random, what is measured would be biased')
    .describe('share of the queue where machines are least sure, at most 50%'),
  gold: percentSchema
    .default('0%')
    .refine((share) => readPercent(share) <= 0.2, 'at most 20%: what is known already is read for nothing else')
    .describe('share of what a person reads whose answer is known, to see how they read; at most 20%'),
  blind: z.boolean().default(true).describe('hides the machine’s answer until the person has given theirs'),
  holdMinutes: z.int().min(1).max(1440).default(30).describe('how long an item is kept for whoever opened it'),
  seed: z.string().min(1).max(100).default('datasens').describe('draws the same sample again'),
});

const namesSchema = z.strictObject({
  task: z.string().min(1).describe('task of spans of the codebook'),
  labels: z.array(z.string().min(1)).min(1).describe('its categories that mean a person'),
});

const storeSchema = z.strictObject({
  database: z
    .string()
    .min(1)
    .default('embedded')
    .describe('embedded, or postgres://…; a name in braces after a dollar sign is read from the environment'),
  objects: z.string().min(1).default('./.datasens/objects').describe('a folder, or s3://bucket/prefix?endpoint=…'),
});

/** A share as a number in [0, 1] or in per cent: `0.75`, `75%`. */
const shareSchema = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,3}(?:[.,]\d{1,4})? ?%$/, 'a share is written 0.75 or 75%')
      .transform((words) => Number(words.replace(/ ?%$/, '').replace(',', '.')) / 100),
  ])
  .refine((share) => share >= 0 && share <= 1, 'a share is between 0 and 1, or 0% and 100%');

const requireSchema = z.strictObject({
  agreement: shareSchema.optional().describe("least Krippendorff's alpha between people, on documents drawn at random"),
  precision: shareSchema.optional().describe('least precision of each label, against people'),
  people: z
    .int()
    .min(0)
    .optional()
    .describe('least documents read at random; by default as many as a share within 10 points needs'),
  residualPersonalData: shareSchema
    .optional()
    .describe('most personal data of the truth file that the texts still show; beyond it nothing is published'),
});
export type Requirements = z.infer<typeof requireSchema>;

const modelSchema = z.strictObject({
  model: z.string().min(1).max(200).describe('name on the server; * stands for anything'),
  licence: z.string().min(1).max(200).describe('licence of its weights'),
  tuningData: z.string().min(1).max(1000).describe('what its instructions were learned from'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters (ISO 3166-1), e.g. FR')
    .describe('of who made it'),
  approver: z.string().min(1).max(200).describe('who approved it'),
});

const confirmSchema = z.strictObject({
  documents: z.int().min(0).default(10_000),
  euros: z.number().min(0).default(5),
  hours: z.number().min(0).default(2),
});

export const settingsSchema = z.strictObject({
  organisation: z.string().min(1).max(200).describe('who is responsible for the processing'),
  contact: z.string().min(1).optional().describe('where citizens write about their data (DPO)'),
  timeZone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'no such time zone')
    .default(DEFAULT_TIME_ZONE)
    .describe('time zone of the rhythms, e.g. Europe/Paris, Indian/Reunion'),
  store: storeSchema.prefault({}),
  sovereignty: z
    .strictObject({ textMayGoTo: z.array(z.string().min(1)).default([]) })
    .prefault({})
    .describe('hosts that text may be sent to; every other is refused'),
  sources: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens only'),
    sourceSchema,
  ),
  context: contextSchema.optional().describe('what is shown beside the figures: holidays, weather, events, indicators'),
  refine: z
    .strictObject({
      maximumTextLength: z.int().min(1000).max(10_000_000).default(DEFAULT_RECIPE.maximumTextLength),
      keepPersonal: z.array(z.enum(PERSONAL_KINDS)).default([]),
      names: namesSchema
        .optional()
        .describe('a tagger learned from a file of marked texts, beside the rules for names'),
      split: z
        .enum(['never', 'proposed'])
        .default(DEFAULT_RECIPE.split)
        .describe('whether a contribution of several ideas shows where each begins; it stays one document'),
      replace: z
        .enum(['ask', 'at-once'])
        .default('ask')
        .describe(
          'whether another recipe replaces the one in force when a person accepts it, or as soon as it is derived',
        ),
    })
    .prefault({}),
  annotate: z
    .strictObject({
      codebook: z.string().min(1).describe('path of the codebook'),
      annotators: z
        .array(z.union([z.string().min(1), z.record(z.string(), z.record(z.string(), z.unknown()))]))
        .default(['lexical']),
      people: peopleSchema.optional().describe('what people judge, and how'),
      models: z.array(modelSchema).default([]).describe('models that judge although DataSens does not know them'),
      confirmAbove: confirmSchema
        .prefault({})
        .describe('a run that asks models for more than this waits for a person to confirm it'),
      student: z
        .strictObject({
          precision: z
            .number()
            .min(0.5)
            .max(0.99)
            .nullable()
            .default(0.8)
            .describe('share of its judgements that must be right; it abstains below. null: always judges'),
          leastLabels: z.int().min(2).max(10_000).default(10).describe('texts of people that each category must have'),
          every: rhythm.optional().describe('how often `datasens serve` trains it: chaque lundi à 6 h'),
        })
        .optional(),
    })
    .optional(),
  govern: z.strictObject({ refuseFindings: z.array(z.enum(FINDING_CODES)).optional() }).prefault({}),
  publish: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens only'),
      z.strictObject({
        title: z.string().min(1).optional(),
        formats: z.array(z.string().min(1)).min(1).default(['parquet', 'csv']),
        require: requireSchema.optional(),
      }),
    )
    .default({}),
  evaluate: z
    .strictObject({
      truth: z.string().min(1).optional().describe('path of a truth file'),
      groups: z
        .array(z.string().min(1))
        .max(10)
        .default([])
        .describe('attributes of documents that figures are also given by'),
    })
    .optional(),
});

export type Settings = z.infer<typeof settingsSchema>;
export type PeopleSettings = z.infer<typeof peopleSchema>;

/** How people judge where the settings do not say. */
export const DEFAULT_PEOPLE: PeopleSettings = peopleSchema.parse({});

/** The share in [0, 1] that a percentage of the settings says. */
export function readPercent(words: string): number {
  return Number(words.replace('%', '').replace(',', '.').trim()) / 100;
}

export interface SettingsProblem {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

/** Words of the design that this version does not act on: refused rather than silently ignored. */
const LATER = new Map([
  ['share', 'sharing by Tchap, Twake or LinShare is not in this version'],
  ['smallestCell', 'small cells are not suppressed in this version: no bar on them is acted on'],
]);

/**
 * Reads the text of a settings file.
 * @returns the settings, or every problem found, in order of line.
 */
export function parseSettings(text: string): Settings | { readonly problems: readonly SettingsProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        path: '',
        message: error.message.split('\n')[0] ?? 'not YAML',
      })),
    };
  }
  const parsed = settingsSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, document, lines));
  return { problems: problems.sort((left, right) => left.line - right.line) };
}

/** As `parseSettings`, throwing `settings-invalid` with every problem and its line. */
export function requireSettings(text: string, file: string): Settings {
  const settings = parseSettings(text);
  if (!('problems' in settings)) return settings;
  const list = settings.problems.map((problem) => `  ${file}:${problem.line} ${problem.path}: ${problem.message}`);
  throw new DataSensError('settings-invalid', `the settings have ${list.length} mistake(s):\n${list.join('\n')}`, {
    remedy: 'correct these lines; `datasens check` shows them again',
  });
}

/** The line, from 1, of what `path` names in a settings file, or of the nearest thing above it that is there. */
export function settingsLine(text: string, path: readonly string[]): number {
  const lines = new LineCounter();
  return lineOf(parseDocument(text, { lineCounter: lines }), lines, path);
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, document: YamlDocument, lines: LineCounter): SettingsProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      line: lineOf(document, lines, [...path, key]),
      path: [...path, key].join('.'),
      message: unknownKey(key, knownKeys(path)),
    }));
  }
  return [{ line: lineOf(document, lines, path), path: path.join('.') || '(file)', message: sentence(issue, path) }];
}

function unknownKey(key: string, known: readonly string[]): string {
  const later = LATER.get(key);
  if (later) return later;
  const close = nearest(key, known);
  return close ? `unknown key; did you mean \`${close}\`?` : `unknown key; known here: ${known.join(', ')}`;
}

function sentence(issue: Issue, path: readonly string[]): string {
  const key = path.at(-1) ?? '';
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  if (missing && path[0] === 'sources' && path.length === 3) {
    return `missing; a source without licence, purpose, legalBasis and retention does not run (\`${key}\`)`;
  }
  return missing ? 'missing' : issue.message;
}

function knownKeys(path: readonly string[]): readonly string[] {
  if (path.length === 0) return Object.keys(settingsSchema.shape);
  if (path[0] === 'sources' && path.length === 2) return Object.keys(sourceSchema.shape);
  if (path[0] === 'context') return knownContextKeys(path);
  if (path[0] === 'store') return Object.keys(storeSchema.shape);
  if (path[0] === 'annotate' && path[1] === 'people') return Object.keys(peopleSchema.shape);
  if (path[0] === 'annotate' && path[1] === 'models') return Object.keys(modelSchema.shape);
  if (path[0] === 'annotate' && path[1] === 'confirmAbove') return Object.keys(confirmSchema.shape);
  if (path[0] === 'annotate' && path[1] === 'student') return ['precision', 'leastLabels', 'every'];
  if (path[0] === 'annotate') return ['codebook', 'annotators', 'people', 'models', 'confirmAbove', 'student'];
  if (path[0] === 'publish' && path.length === 3) return Object.keys(requireSchema.shape);
  if (path[0] === 'publish') return ['title', 'formats', 'require'];
  if (path[0] === 'refine' && path[1] === 'names') return Object.keys(namesSchema.shape);
  if (path[0] === 'refine') return ['maximumTextLength', 'keepPersonal', 'names', 'split', 'replace'];
  if (path[0] === 'sovereignty') return ['textMayGoTo'];
  return ['truth', 'groups', 'refuseFindings'];
}

function lineOf(document: YamlDocument, lines: LineCounter, path: readonly string[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const items = (parent as { items?: { key?: { value?: unknown; range?: [number, number, number] } }[] } | null)
      ?.items;
    const pair = items?.find((item) => String(item.key?.value) === path[depth - 1]);
    if (pair?.key?.range) return lines.linePos(pair.key.range[0]).line;
  }
  return 1;
}
