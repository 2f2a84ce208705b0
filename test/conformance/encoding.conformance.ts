// Files in charsets found by themselves; double encodings put back: pairs made from French texts, and the cases of ftfy.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repairMojibake } from '../../src/refine/mojibake.ts';
import { splitSentences } from '../../src/refine/sentences.ts';
import { inspect } from '../../src/run/inspect.ts';
import { loadCollectors } from '../../src/run/plugins.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

interface Pair {
  readonly kind: string;
  readonly original: string;
  readonly broken: string;
}

interface Transcoded {
  readonly file: string;
  readonly encoding: string;
  readonly text: string;
}

interface Case {
  readonly label: string;
  readonly original: string;
  readonly fixed: string;
  readonly 'fixed-encoding'?: string;
  readonly expect: string;
}

const verbose = process.argv.includes('--verbose');

const encoding: Conformance = async (data) => {
  const pairs = readJson<readonly Pair[]>(join(data, 'encoding/fr-transcoded/mojibake-pairs.json'));
  const broken = pairs.filter((pair) => pair.kind !== 'clean-control');
  const controls = pairs.filter((pair) => pair.kind === 'clean-control');
  return [
    await transcoded(join(data, 'encoding/fr-transcoded')),
    line('encoding: mojibake repaired', broken, (pair) => repairMojibake(pair.broken).text === pair.original),
    line('encoding: clean text untouched', controls, (pair) => repairMojibake(pair.original).text === pair.original),
    ...['synthetic', 'language-names'].map((name) => ftfy(data, name)),
    ...['windows-1252', 'iso-8859-1', 'iso-8859-15', 'macintosh'].map((charset) => thrice(data, charset)),
    trimmed(data),
    cleanLines(data),
  ];
};

/** Sentences of real French pages that hold more than ASCII. */
function sentencesOf(data: string): readonly string[] {
  const pages = readJson<readonly { readonly text: string }[]>(join(data, 'html/fiches-travail-html-text.json'));
  return pages
    .flatMap(({ text }) => splitSentences(text).map(({ start, end }) => text.slice(start, end)))
    .filter((sentence) => /[^\u0000-\u007F]/.test(sentence));
}

function misread(text: string, charset: string): string {
  return new TextDecoder(charset, { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

/** UTF-8 taken for a single-byte charset and saved again, three times. */
function thrice(data: string, charset: string): ConformanceLine {
  return line(`encoding: ${charset} three times`, sentencesOf(data), (sentence) => {
    const broken = misread(misread(misread(sentence, charset), charset), charset);
    return repairMojibake(broken).text === sentence;
  });
}

/** As a spreadsheet does it: no-break spaces become spaces and cells are trimmed each time; spaces are not compared. */
function trimmed(data: string): ConformanceLine {
  const open = (cell: string) => misread(cell, 'windows-1252').replaceAll('\u00A0', ' ').trim();
  const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
  return line('encoding: twice in a spreadsheet', sentencesOf(data), (sentence) => {
    return spaced(repairMojibake(open(open(sentence))).text) === spaced(sentence);
  });
}

/** Sets whose texts are broken on purpose, or are no text. */
const NOT_CLEAN = /^(?:encoding|hostile|dedup|pdf|sql)\b/;
/** A control of latin-1 is punctuation that was misread: what holds one is not clean. */
const CONTROLS = /[\u0080-\u009F\uFFFD]/;

/** Every line of every text beside the repository: clean ones must stay as they are. */
function cleanLines(data: string): ConformanceLine {
  const lines = readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((path) => !NOT_CLEAN.test(path) && /\.(?:jsonl?|csv|txt|tsv|xml|html?|md|ya?ml)$/i.test(path))
    .flatMap((path) => linesOf(join(data, path)));
  return line('encoding: clean lines untouched', lines, (clean) => {
    const { text } = repairMojibake(clean);
    if (text !== clean && verbose) console.error(`changed: ${clean.slice(0, 160)}`);
    return text === clean;
  });
}

function linesOf(path: string): readonly string[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    // Escapes of JSON hide letters: its strings are what is read.
    const strings = path.endsWith('.json') ? stringsOf(JSON.parse(text)) : [text];
    return strings.flatMap((string) => string.split('\n')).filter((part) => part.trim() !== '' && !CONTROLS.test(part));
  } catch {
    return [];
  }
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsOf) : [];
}

/** One text a file, read as `inspect` reads it: nothing says its charset. */
async function transcoded(folder: string): Promise<ConformanceLine> {
  const truth = readJson<readonly Transcoded[]>(join(folder, 'truth.json'));
  const effects = {
    collectors: await loadCollectors(),
    annotator: null,
    clock: () => new Date(0),
    signal: AbortSignal.timeout(60_000),
    root: folder,
  };
  const request = { paths: truth.map(({ file }) => file), as: 'file', set: {}, until: 'collect' } as const;
  const texts = new Map<string, string>();
  for await (const inspected of inspect(request, effects)) {
    if (inspected.kind === 'record') texts.set(inspected.file, inspected.item.text);
  }
  return line('encoding: files in seven charsets', truth, ({ file, text }) => {
    if (texts.get(file) !== text && verbose) console.error(file);
    return texts.get(file) === text;
  });
}

/** Only the encoding is compared: straightening quotes is not wanted here. */
function ftfy(data: string, name: string): ConformanceLine {
  const cases = readJson<readonly Case[]>(join(data, `encoding/ftfy/${name}.json`)).filter(
    (entry) => entry.expect === 'pass',
  );
  return line(`encoding: ftfy ${name}`, cases, (entry) => {
    const passed = repairMojibake(entry.original).text === (entry['fixed-encoding'] ?? entry.fixed);
    if (!passed && verbose) console.error(entry.label);
    return passed;
  });
}

function line<Entry>(name: string, entries: readonly Entry[], passes: (entry: Entry) => boolean): ConformanceLine {
  const passed = entries.filter(passes).length;
  return { name, passed, total: entries.length, figure: `${((100 * passed) / entries.length).toFixed(1)} % exact` };
}

function readJson<Value>(path: string): Value {
  return JSON.parse(readFileSync(path, 'utf8')) as Value;
}

export default encoding;
