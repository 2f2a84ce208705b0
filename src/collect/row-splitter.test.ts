import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { readCells } from './row-cells.ts';
import { createRowSplitter } from './row-splitter.ts';

const SYNTAX = { delimiter: 0x3b, quote: 0x22, newline: 0x0a, width: 3 };
const CELLS = { delimiter: ';', quote: '"' };

function split(text: string, chunk = text.length, width: number | null = 3): readonly string[] {
  const splitter = createRowSplitter({ ...SYNTAX, width }, 'utf-8', 1 << 20);
  const bytes = Buffer.from(text);
  const rows: (Buffer | null)[] = [];
  for (let at = 0; at < bytes.length; at += chunk) rows.push(...splitter.push(bytes.subarray(at, at + chunk), false));
  rows.push(...splitter.push(Buffer.alloc(0), true));
  return rows.map((row) => row?.toString() ?? '(too long)');
}

describe('rows', () => {
  test('keep their bytes, line ends within quotes included', () => {
    expect(split('a;b;c\r\n1;"x\r\ny";2\r\n')).toEqual(['a;b;c', '1;"x\r\ny";2']);
  });

  test('are the same however the bytes are cut, and as an independent reader sees them', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ';', '\n', ' x', '\r\n', ','), maxLength: 8 });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (cells, chunk) => {
        const text = Papa.unparse(cells, { delimiter: ';', newline: '\n', quotes: true });
        const rows = split(text, chunk);
        expect(rows).toEqual(split(text));
        expect(rows.map((row) => readCells(row, CELLS, 3).cells)).toEqual(cells);
      }),
      { numRuns: 500 },
    );
  });

  test('of UTF-16 are cut by units of two bytes, where a byte alone would look like a line end', () => {
    for (const charset of ['utf-16le', 'utf-16be']) {
      // U+0A0A and U+3B22 hold the bytes of a line end, a semicolon and a quote.
      const bytes = Buffer.from('a;\u0a0a\u3b22;c\n1;2;3\n', 'utf16le');
      if (charset === 'utf-16be') bytes.swap16();
      const splitter = createRowSplitter(SYNTAX, charset, 1 << 20);
      const rows = [...bytes].flatMap((byte) => splitter.push(Buffer.of(byte), false));
      expect(rows.map((row) => new TextDecoder(charset).decode(row!))).toEqual(['a;\u0a0a\u3b22;c', '1;2;3']);
    }
  });

  test('longer than the limit are given up, and the rest is read', () => {
    const splitter = createRowSplitter(SYNTAX, 'utf-8', 100);
    const text = Buffer.from(`1;2;3\n${'x'.repeat(1000)}\n4;5;6\n`);
    const rows: (Buffer | null)[] = [];
    for (let at = 0; at < text.length; at += 64) rows.push(...splitter.push(text.subarray(at, at + 64), false));
    expect(rows.map((row) => row?.toString() ?? null)).toEqual(['1;2;3', null, '4;5;6']);
  });
});

describe('a quote that is never closed', () => {
  test('costs its own row and no other', () => {
    const rows = split('1;"ouvert;x\n2;b;c\n3;d;e\n');
    expect(rows).toEqual(['1;"ouvert;x', '2;b;c', '3;d;e']);
    expect(readCells(rows[0]!, CELLS, 3)).toEqual({ cells: ['1', '"ouvert', 'x'], strayQuotes: 1 });
  });

  test('does not close at the opening quote of a later row', () => {
    expect(split('1;"ouvert;x\n2;"bien fermé";c\n3;d;e\n')).toEqual(['1;"ouvert;x', '2;"bien fermé";c', '3;d;e']);
  });

  test('in the last cell does not take the next row either', () => {
    expect(split('1;x;"ouvert\n2;y;"fermé"\n3;d;e\n')).toEqual(['1;x;"ouvert', '2;y;"fermé"', '3;d;e']);
  });

  test('at every row is read in linear time', () => {
    const lines = Array.from({ length: 60_000 }, (_, at) => `${at};"ouvert;x`);
    const start = performance.now();
    expect(split(`${lines.join('\n')}\n`, 65_536)).toHaveLength(60_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('quotes inside a cell', () => {
  test('that are not doubled are letters', () => {
    const [row] = split('1;"il dit "bonjour" et part";x\n');
    expect(readCells(row!, CELLS, 3)).toEqual({ cells: ['1', 'il dit "bonjour" et part', 'x'], strayQuotes: 2 });
  });

  test('that a backslash comes before lose it', () => {
    const [row] = split('1;"il dit \\"bonjour\\" et part";x\n');
    expect(readCells(row!, CELLS, 3)).toEqual({ cells: ['1', 'il dit "bonjour" et part', 'x'], strayQuotes: 2 });
    expect(readCells('1;"il dit \\"bonjour\\"";x', CELLS, 3).cells).toEqual(['1', 'il dit "bonjour"', 'x']);
    expect(readCells('2;"et \\"au revoir\\"; puis part";y', CELLS, 3).cells[1]).toBe('et "au revoir"; puis part');
  });

  test('that a folder ends with close it', () => {
    expect(readCells('1;"C:\\temp\\";x', CELLS, 3).cells).toEqual(['1', 'C:\\temp\\', 'x']);
  });

  test('may span lines with them', () => {
    expect(split('1;"il dit "bonjour\net part" ainsi";x\n2;b;c\n')).toHaveLength(2);
  });

  test('after a letter are letters', () => {
    expect(readCells('1;5" de pluie;x', CELLS, 3)).toEqual({ cells: ['1', '5" de pluie', 'x'], strayQuotes: 0 });
  });
});
