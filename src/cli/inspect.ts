// datasens inspect

import type { Command } from 'commander';
import { DataSensError } from '../model/error.ts';
import { INSPECT_STAGES, type Inspected, type InspectStage } from '../run/inspect.ts';
import { openInspection } from '../run/inspection.ts';
import { answer } from './command.ts';
import { inspectedLine } from './inspect-line.ts';
import { answersInJson } from './output.ts';

interface InspectOptions {
  readonly as?: string;
  readonly set: readonly string[];
  readonly until: string;
}

export function attach(program: Command): void {
  const command = program
    .command('inspect')
    .description('Say what DataSens makes of files before any of it is kept; stores nothing, opens no connection')
    .argument('<path...>', 'files, folders or globs')
    .option('--as <collector>', 'read them with this collector')
    .option('--set <key=value>', 'a setting of the collector, e.g. --set map.text=avis', collect, [])
    .option('--until <stage>', `stop after ${INSPECT_STAGES.join(', ')}`, 'annotate')
    .action((paths: readonly string[], given: InspectOptions) =>
      answer(command, async (options, signal) => {
        const request = { paths, as: given.as ?? null, set: parseSet(given.set), until: parseStage(given.until) };
        const asJson = answersInJson(options);
        let records = 0;
        let failures = 0;
        for await (const inspected of await openInspection(request, options.project, signal)) {
          if (inspected.kind === 'failure') failures += 1;
          else records += 1;
          await write(asJson ? inspectedLine(inspected) : describe(inspected));
        }
        if (!asJson) await write(`${records} enregistrement(s), ${failures} refus`);
        process.exitCode = failures > 0 ? 6 : 0;
        return null;
      }),
    );
}

const collect = (value: string, previous: readonly string[]) => [...previous, value];

function parseStage(until: string): InspectStage {
  if ((INSPECT_STAGES as readonly string[]).includes(until)) return until as InspectStage;
  throw new DataSensError('usage', `--until ${until} is no stage`, { remedy: `one of ${INSPECT_STAGES.join(', ')}` });
}

/** `map.text=avis` becomes `{ map: { text: 'avis' } }`; values that are JSON are read as JSON. */
function parseSet(pairs: readonly string[]): Record<string, unknown> {
  const settings: Record<string, unknown> = Object.create(null);
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new DataSensError('usage', `--set ${pair} is not key=value`);
    const path = pair.slice(0, at).split('.');
    let target = settings;
    for (const key of path.slice(0, -1)) {
      const inner = (target[key] ?? Object.create(null)) as Record<string, unknown>;
      target[key] = inner;
      target = inner;
    }
    target[path.at(-1)!] = parseValue(pair.slice(at + 1));
  }
  return settings;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describe(inspected: Inspected): string {
  if (inspected.kind === 'failure') return `${inspected.file}: ${inspected.error.code}: ${inspected.error.message}`;
  const { file, index, item, refined, territory, annotations, cluster } = inspected;
  const words = (refined?.text ?? item.text).replace(/\s+/g, ' ').slice(0, 100);
  const labels = annotations?.map(({ task, label }) => `${task} ${label}`).join(', ');
  const parts = [
    refined?.language,
    refined?.published?.value,
    territory?.commune ?? territory?.department ?? territory?.region,
    labels,
    cluster ? 'copie' : null,
  ];
  const personal =
    refined && refined.personal.length > 0 ? `${refined.personal.length} donnée(s) personnelle(s)` : null;
  return `${file}#${index} ${[...parts, personal].filter(Boolean).join(' · ')}\n  ${words}`;
}

/** Waits where the reader of the pipe is slower than the files. */
function write(line: string): Promise<void> | void {
  if (!process.stdout.write(`${line}\n`)) return new Promise((resolve) => process.stdout.once('drain', resolve));
}
