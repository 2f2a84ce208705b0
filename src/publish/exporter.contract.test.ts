import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { releaseRow } from '../../test/release-rows.ts';
import { openDuckDb } from '../run/duckdb.ts';
import type { Exporter } from './exporter.ts';

const home = join(import.meta.dirname, 'exporters');
const files = (await readdir(home)).filter((file) => file.endsWith('.ts'));

describe.each(files)('%s', (file) => {
  const load = async () => ((await import(join(home, file))) as { default: Exporter }).default;

  test('is named after its file and says what it writes', async () => {
    const exporter = await load();
    expect(`${exporter.name}.ts`).toBe(file);
    expect(exporter.mediaType).toMatch(/^[a-z]+\/[a-z.+-]+/);
    expect(exporter.title.fr && exporter.title.en).toBeTruthy();
  });

  test('equal rows give equal bytes', async () => {
    const exporter = await load();
    const written = await Promise.all([write(exporter), write(exporter)]);
    expect(written[0]!.equals(written[1]!)).toBe(true);
    expect(written[0]!.byteLength).toBeGreaterThan(0);
  });
});

async function write(exporter: Exporter): Promise<Buffer> {
  const scratch = await mkdtemp(join(tmpdir(), 'datasens-exporter-'));
  try {
    const path = join(scratch, exporter.file);
    const writer = await exporter.open(path, { openDuckDb, scratch });
    for (let row = 0; row < 500; row += 1) await writer.write(releaseRow(row, { text: `=${row}\n"é"` }));
    await writer.close();
    return await readFile(path);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
