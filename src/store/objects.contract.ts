// What every object store must do, whichever it is: one suite, run on each.

import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Objects } from './objects.ts';

/** Declares the suite; `open` gives an empty store. */
export function describeObjects(open: () => Promise<Objects>): void {
  test('what is put is read back, whole and in part', async () => {
    const objects = await open();
    const bytes = randomBytes(300_000);
    await objects.put('raw/ab/pack-1.pack', bytes);
    expect(bytes.equals(await objects.get('raw/ab/pack-1.pack'))).toBe(true);
    const part = async (start: number, end: number) =>
      Buffer.from(await objects.get('raw/ab/pack-1.pack', { start, end })).equals(bytes.subarray(start, end));
    expect(await part(0, 1)).toBe(true);
    expect(await part(70_000, 250_001)).toBe(true);
    expect(await part(299_999, 400_000)).toBe(true);
    expect(await part(5, 5)).toBe(true);
    expect(await part(300_000, 300_010)).toBe(true);
    expect(await objects.stat('raw/ab/pack-1.pack')).toEqual({ sizeBytes: 300_000 });
  });

  test('an object is replaced whole, may be empty, and is removed once', async () => {
    const objects = await open();
    await objects.put('a', Buffer.from('first, and longer'));
    await objects.put('a', Buffer.from('second'));
    expect(Buffer.from(await objects.get('a')).toString()).toBe('second');
    await objects.put('empty', new Uint8Array(0));
    expect(await objects.get('empty')).toHaveLength(0);
    expect(await objects.stat('empty')).toEqual({ sizeBytes: 0 });
    await objects.remove('a');
    await objects.remove('a');
    expect(await objects.stat('a')).toBeNull();
  });

  test('what is absent is not found', async () => {
    const objects = await open();
    const folder = await mkdtemp(join(tmpdir(), 'datasens-objects-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await expect(objects.get('none')).rejects.toMatchObject({ code: 'not-found' });
    await expect(objects.getToFile('none', join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    expect(await readdir(folder)).toEqual([]);
    expect(await objects.stat('none')).toBeNull();
    expect(await keysOf(objects, 'none')).toEqual([]);
  });

  test('files go in and come out as they are', async () => {
    const objects = await open();
    const folder = await mkdtemp(join(tmpdir(), 'datasens-objects-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const bytes = randomBytes(6_000_000);
    await writeFile(join(folder, 'in'), bytes);
    await objects.putFile('releases/1/data.parquet', join(folder, 'in'));
    await objects.getToFile('releases/1/data.parquet', join(folder, 'new', 'out'));
    expect(bytes.equals(await readFile(join(folder, 'new', 'out')))).toBe(true);
    expect(await readdir(join(folder, 'new'))).toEqual(['out']);
  });

  test('keys are listed by prefix, in order, however many', async () => {
    const objects = await open();
    const keys = ['a-b', 'a/b/c', 'a/b/d', 'a/b.txt', 'ab', 'b', 'a/z=1/x@y+z_0'];
    for (const key of keys) await objects.put(key, Buffer.from(key));
    expect(await keysOf(objects, '')).toEqual(keys.toSorted());
    expect(await keysOf(objects, 'a/')).toEqual(keys.filter((key) => key.startsWith('a/')).sort());
    expect(await keysOf(objects, 'a/b')).toEqual(['a/b.txt', 'a/b/c', 'a/b/d']);
    expect(await keysOf(objects, 'a/b/d')).toEqual(['a/b/d']);
  });

  test('keys that could lead elsewhere are refused', async () => {
    const objects = await open();
    const hostile = [
      '',
      '/etc',
      '../a',
      'a/../../b',
      'a//b',
      'a/.',
      'a\0',
      'a\\b',
      'é',
      'a b',
      '?x=1',
      'a#b',
      'a%2e',
      'x.tmp',
    ];
    for (const key of [...hostile, 'a'.repeat(600)]) {
      await expect(async () => await objects.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'internal' });
      await expect(async () => await objects.get(key)).rejects.toMatchObject({ code: 'internal' });
    }
    await expect(keysOf(objects, '../')).rejects.toMatchObject({ code: 'internal' });
  });

  test('many writers and readers of one key see whole objects only', async () => {
    const objects = await open();
    const versions = Array.from({ length: 8 }, (_, n) => Buffer.alloc(100_000 + n, n));
    await objects.put('shared', versions[0]!);
    await Promise.all([
      ...versions.map((version) => objects.put('shared', version)),
      ...versions.map(async () => {
        const read = Buffer.from(await objects.get('shared'));
        expect(versions.some((version) => version.equals(read))).toBe(true);
      }),
    ]);
  });
}

/** All keys under a prefix. */
export async function keysOf(objects: Objects, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of objects.list(prefix)) keys.push(key);
  return keys;
}
