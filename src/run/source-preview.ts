// What a collector makes of the first records of a place: columns, texts, languages, personal data; all of it masked.

import type { Collected } from '../collect/collector.ts';
import type { Item } from '../model/item.ts';
import { type JsonObject, textIn } from '../model/json.ts';
import { DEFAULT_RECIPE } from '../model/recipe.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import { findPersonal } from '../refine/personal.ts';
import { pseudonymise } from '../refine/pseudonymise.ts';
import { refine } from '../refine/refine.ts';
import { locate } from '../refine/territory/locate.ts';
import type { Preview, PreviewColumn, PreviewDocument, PreviewResult, RefusedPart } from './desk.ts';
import { collectBriefly, failureOf, type Trial } from './source-trial.ts';

const RECORDS = 20;
const REFUSALS = 20;
/** Longest text that is looked at, and cell and excerpt that are shown, in UTF-16 units. */
const READ_LENGTH = 20_000;
const CELL_LENGTH = 160;
const EXCERPT_LENGTH = 400;
const COLUMNS = 100;

interface Sample {
  readonly opening: SnapshotOpening;
  readonly item: Item;
}

/** Reads up to 20 records. Everything is read as it would be collected; nothing is kept. */
export async function previewSource(trial: Trial, territory: string | null): Promise<PreviewResult> {
  const taken: { readonly opening: SnapshotOpening; readonly record: Extract<Collected, { kind: 'record' }> }[] = [];
  const refusals: RefusedPart[] = [];
  let opening: SnapshotOpening | null = null;
  const take = (event: Collected): boolean => {
    if (event.kind === 'opening') opening = event.opening;
    if (event.kind === 'refusal') {
      const { location, at, code, message } = event;
      refusals.push({ location, at, code, message });
    }
    if (event.kind === 'record') taken.push({ opening: opening!, record: event });
    return taken.length < RECORDS && refusals.length < REFUSALS;
  };
  try {
    const settled = await collectBriefly(trial, take);
    const samples: Sample[] = [];
    for (const { opening: of, record } of taken) {
      const from = { ...of, key: record.key, part: record.part ?? null };
      samples.push({ opening: of, item: await trial.collector.read(record.bytes, from, trial.config) });
    }
    return describe({ samples, refusals, settled, territory, opening });
  } catch (error) {
    trial.signal.throwIfAborted();
    return failureOf(error);
  }
}

interface Read {
  readonly samples: readonly Sample[];
  readonly refusals: readonly RefusedPart[];
  readonly settled: boolean;
  readonly territory: string | null;
  readonly opening: SnapshotOpening | null;
}

function describe({ samples, refusals, settled, territory, opening }: Read): Preview {
  const first = samples[0]?.opening ?? opening;
  const context = first?.context ?? {};
  const dialect = (context.dialect ?? {}) as JsonObject;
  const mapping = mappingOf(context);
  const names = [...new Set(samples.flatMap(({ item }) => item.fields.map(([name]) => name)))].slice(0, COLUMNS);
  const masked = samples.map((sample) => mask(sample, territory));
  const columns = names.map((name) => columnOf(name, masked, mapping));
  const whole = masked.map(({ personal }) => personal);
  return {
    kind: 'read',
    location: first?.location ?? '',
    mediaType: first?.mediaType ?? '',
    charset: first?.charset ?? null,
    format: textIn(context, 'format'),
    delimiter: textIn(dialect, 'delimiter'),
    quote: textIn(dialect, 'quote'),
    settled,
    records: samples.length,
    columns,
    rows: masked.map(({ cells }) => names.map((name) => cells.get(name)?.shown ?? '')),
    mapping,
    documents: masked.map(({ document }) => document),
    // The text is one of the columns where there are some: it counts once.
    personal: sum(names.length > 0 ? columns.map(({ personal }) => personal) : whole),
    languages: sum(masked.map(({ document }) => ({ [document.language]: 1 }))),
    findings: sum(masked.flatMap(({ findings }) => [...new Set(findings)].map((code) => ({ [code]: 1 })))),
    refusals,
  };
}

interface Masked {
  readonly document: PreviewDocument;
  readonly cells: ReadonlyMap<string, { readonly shown: string; readonly personal: Readonly<Record<string, number>> }>;
  readonly personal: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
}

function mask({ opening, item }: Sample, territory: string | null): Masked {
  const recipe = { ...DEFAULT_RECIPE, maximumTextLength: READ_LENGTH };
  const context = { charset: opening.charset, collectedAt: opening.fetchedAt };
  const refined = refine({ ...item, text: item.text.slice(0, 10 * READ_LENGTH) }, recipe, context);
  const values = new Map(item.fields.map(([name, value]) => [name, value.slice(0, READ_LENGTH)]));
  const names = [...values.keys()];
  // Numbers for names: a column may be called anything.
  const attributes = Object.fromEntries(names.map((name, at) => [String(at), values.get(name)!]));
  const marked = pseudonymise(refined, attributes, recipe);
  const place = locate(marked, { given: null, field: item.territory, source: territory });
  const cells = names.map((name, at) => {
    const personal = sum(findPersonal(values.get(name)!, { authors: item.authors }).map(({ kind }) => ({ [kind]: 1 })));
    return [name, { shown: cut(marked.attributes[String(at)]!, CELL_LENGTH), personal }] as const;
  });
  return {
    document: {
      title: marked.title,
      excerpt: cut(marked.text, EXCERPT_LENGTH),
      language: refined.language,
      published: refined.published?.value ?? null,
      department: place.territory?.department ?? null,
    },
    cells: new Map(cells),
    personal: marked.personal as Readonly<Record<string, number>>,
    findings: [...refined.findings, ...place.findings].map(({ code }) => code),
  };
}

function columnOf(name: string, masked: readonly Masked[], mapping: Preview['mapping']): PreviewColumn {
  const cells = masked.flatMap((one) => one.cells.get(name) ?? []);
  return {
    name,
    roles: Object.entries(mapping ?? {}).flatMap(([role, columns]) => (columns.includes(name) ? [role] : [])),
    filled: masked.length === 0 ? 0 : cells.filter(({ shown }) => shown.trim() !== '').length / masked.length,
    personal: sum(cells.map(({ personal }) => personal)),
  };
}

/** The mapping that a table's opening carries (collect/mapping.ts), each role with its columns. */
function mappingOf(context: JsonObject): Preview['mapping'] {
  const { mapping } = context;
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) return null;
  const columns = (value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter((column): column is string => typeof column === 'string');
  return Object.fromEntries(Object.entries(mapping).map(([role, value]) => [role, columns(value)]));
}

function sum(counts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const total = new Map<string, number>();
  for (const count of counts) for (const [key, n] of Object.entries(count)) total.set(key, (total.get(key) ?? 0) + n);
  return Object.fromEntries([...total].sort(([, left], [, right]) => right - left));
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).toWellFormed()}…`;
}
