// Files in charsets found by themselves; double encodings put back: pairs made from French texts, and the cases of ftfy.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repairMojibake } from '../../src/refine/mojibake.ts';
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
  ];
};

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
