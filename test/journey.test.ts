// The example, from its files to its barometer, through the command line as a person would.

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabaseUrl } from './database.ts';

const root = resolve(import.meta.dirname, '..');
const example = join(root, 'examples/concertation');

interface Answer {
  readonly ok: boolean;
  readonly data: {
    readonly state: string;
    readonly counts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

async function project(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-journey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(example, folder, { recursive: true, filter: (path) => !/\.datasens|fabrique/.test(path) });
  const settings = await readFile(join(folder, 'datasens.yaml'), 'utf8');
  await writeFile(
    join(folder, 'datasens.yaml'),
    settings.replace('database: embedded', `database: "${await testDatabaseUrl()}"`),
  );
  return folder;
}

async function datasens(folder: string, ...given: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(root, 'bin/datasens'), ['--project', folder, ...given], {
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

test('the example travels whole, its figures are measured, and nobody is named in its release', {
  timeout: 120_000,
}, async () => {
  const folder = await project();
  const { ok, data } = JSON.parse(await datasens(folder, 'run', '--quiet')) as Answer;
  expect(ok).toBe(true);
  const collected = data.counts.collect!.records as number;
  expect(collected).toBeGreaterThanOrEqual(1440);
  expect(data.counts.refine).toMatchObject({ documents: collected, failed: 0 });
  const release = (data.counts['publish opinion'] as { release: string }).release;

  const files = join(folder, '.datasens/releases', release);
  expect(JSON.parse(await datasens(folder, 'verify', files))).toMatchObject({ ok: true });

  const truth = JSON.parse(await readFile(join(example, 'verite.json'), 'utf8')) as { personal: { value: string }[] };
  const published = await readFile(join(files, 'data/documents.csv'), 'utf8');
  const shown = truth.personal.filter(({ value }) =>
    new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(value)}(?![\\p{L}\\p{N}])`, 'u').test(published),
  );
  // Surnames alone may be words of other sentences: everything with a form must be gone.
  expect(shown.filter(({ value }) => /\d|@/.test(value))).toEqual([]);
  expect(shown.length).toBeLessThanOrEqual(3);

  const again = JSON.parse(await datasens(folder, 'run', '--quiet')) as Answer;
  expect(again.data.counts.collect).toMatchObject({ newRecords: 0, records: 0 });
  expect((again.data.counts['publish opinion'] as { release: string }).release).toBe(release);

  const elsewhere = JSON.parse(await datasens(await project(), 'run', '--quiet')) as Answer;
  expect((elsewhere.data.counts['publish opinion'] as { release: string }).release).toBe(release);
});

test('inspect tells of every record of the example in one call, without a trace', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)(
    join(root, 'bin/datasens'),
    ['inspect', '--json', join(example, 'inputs')],
    { maxBuffer: 2 ** 27 },
  );
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.length).toBeGreaterThanOrEqual(1440);
  expect(new Set(lines.map(({ file }) => file)).size).toBe(5);
  for (const line of lines)
    expect(Object.keys(line)).toEqual([
      'file',
      'index',
      'collector',
      'record',
      'document',
      'personal',
      'annotations',
      'findings',
    ]);
  expect(lines.some(({ document }) => (document as { cluster: string | null }).cluster !== null)).toBe(true);
});
