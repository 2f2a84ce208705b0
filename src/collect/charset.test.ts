import { describe, expect, test } from 'vitest';
import { decodeBytes, detectCharset, normaliseCharset } from './charset.ts';

const FRENCH =
  'Le marché est fermé « depuis hier », où l’été s’achève. À Noël, ça coûtait 3 € : c’était déjà élevé, hélas.';
const LATIN9 = 'Le marché est fermé depuis hier, un cœur gros ; œuvre à 3 € près. À Noël déjà, ça coûtait cher, hélas.';

const CP850: ReadonlyMap<string, number> = new Map([
  ['é', 0x82],
  ['à', 0x85],
  ['è', 0x8a],
  ['ê', 0x88],
  ['ç', 0x87],
]);

function encodeWith(table: ReadonlyMap<string, number>, text: string): Buffer {
  return Buffer.from([...text].map((letter) => table.get(letter) ?? letter.charCodeAt(0)));
}

/** A charset of the platform, backwards. */
function tableOf(charset: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(charset);
  return new Map(Array.from({ length: 128 }, (_, at) => [decoder.decode(Uint8Array.of(at + 128)), at + 128]));
}

describe('detectCharset', () => {
  test('believes a byte order mark before anything', () => {
    expect(detectCharset(Buffer.from('\ufeffété'))).toEqual({ charset: 'utf-8', certain: true, bomLength: 3 });
    expect(detectCharset(Buffer.from('\ufeffété', 'utf16le'))).toMatchObject({ charset: 'utf-16le', bomLength: 2 });
    expect(detectCharset(Buffer.from('\ufeffété', 'utf16le').swap16())).toMatchObject({ charset: 'utf-16be' });
  });

  test('knows UTF-8, even cut in the middle of a letter', () => {
    const bytes = Buffer.from(FRENCH);
    for (let end = 20; end < 60; end += 1) {
      expect(detectCharset(bytes.subarray(0, end))).toMatchObject({ charset: 'utf-8', certain: true });
    }
  });

  test('knows UTF-16 without a mark by its zeros', () => {
    expect(detectCharset(Buffer.from(FRENCH, 'utf16le'))).toMatchObject({ charset: 'utf-16le', certain: true });
    expect(detectCharset(Buffer.from(FRENCH, 'utf16le').swap16())).toMatchObject({ charset: 'utf-16be' });
  });

  test.each([
    ['windows-1252', FRENCH],
    ['iso-8859-15', LATIN9],
    ['macintosh', FRENCH],
  ])('tells %s from its neighbours', (charset, text) => {
    const bytes = encodeWith(tableOf(charset), text);
    expect(detectCharset(bytes)).toEqual({ charset, certain: false, bomLength: 0 });
    expect(decodeBytes(bytes, charset)).toEqual({ text, replaced: 0 });
  });

  test('tells the code page of old consoles', () => {
    const text = 'Le marché est très cher, ça a été répété à la mairie, peut-être même hier.';
    const bytes = encodeWith(CP850, text);
    expect(detectCharset(bytes).charset).toBe('cp850');
    expect(decodeBytes(bytes, 'cp850').text).toBe(text);
  });

  test('takes a file joined from several charsets for UTF-8, and says that it is not sure', () => {
    const joined = Buffer.concat([Buffer.from(FRENCH), encodeWith(tableOf('windows-1252'), 'été')]);
    expect(detectCharset(joined)).toMatchObject({ charset: 'utf-8', certain: false });
  });

  test('does not believe a declaration that the bytes contradict', () => {
    const bytes = encodeWith(tableOf('windows-1252'), FRENCH);
    expect(detectCharset(bytes, 'utf-8').charset).toBe('windows-1252');
    expect(detectCharset(bytes, 'latin1')).toMatchObject({ charset: 'windows-1252', certain: true });
  });
});

test('decoding counts the bytes that mean nothing', () => {
  expect(decodeBytes(Buffer.from([0x61, 0xff, 0x62]), 'utf-8')).toEqual({ text: 'a\ufffdb', replaced: 1 });
  expect(decodeBytes(Buffer.from('\ufffd'), 'utf-8').replaced).toBe(0);
});

test('labels of many systems name the same charsets', () => {
  expect(['latin1', 'CP1252', 'ISO-8859-1'].map(normaliseCharset)).toEqual(Array(3).fill('windows-1252'));
  expect(['cp850', 'IBM850'].map(normaliseCharset)).toEqual(['cp850', 'cp850']);
  expect(normaliseCharset('klingon')).toBeNull();
});
