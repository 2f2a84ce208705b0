import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeObjects, keysOf } from './objects.contract.ts';
import { openObjects } from './open-objects.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-objects-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('a folder', () => {
  describeObjects(async () => await openObjects('./objects', { root: await newFolder() }));
});

test('objects and folders are for their owner alone, and no draft stays', async () => {
  const root = await newFolder();
  const objects = await openObjects('objects', { root });
  await objects.put('a/b', Buffer.from('x'));
  expect((await stat(join(root, 'objects'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(root, 'objects/a'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(root, 'objects/a/b'))).mode & 0o777).toBe(0o600);
  await expect(objects.putFile('a/c', join(root, 'none'))).rejects.toMatchObject({ code: 'not-found' });
  expect(await readdir(join(root, 'objects/a'))).toEqual(['b']);
  await writeFile(join(root, 'objects/a/left.tmp'), 'a draft of a killed process');
  expect(await keysOf(objects, '')).toEqual(['a/b']);
});

test('an address that is neither a folder nor S3 is refused', async () => {
  const effects = { root: await newFolder(), environment: {} };
  for (const url of ['gs://bucket', 's3://bucket', 's3://bucket?endpoint=ftp://x']) {
    await expect(openObjects(url, effects)).rejects.toMatchObject({ code: 'settings-invalid' });
  }
  await expect(openObjects('s3://bucket?endpoint=https://x.example', effects)).rejects.toMatchObject({
    code: 'secret-missing',
  });
});
