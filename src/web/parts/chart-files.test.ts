import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvOf } from './chart-files.ts';

const columns = [
  { key: 'name', title: 'Nom', value: (row: readonly [string, number | null]) => row[0] },
  { key: 'share', title: 'Part', value: (row: readonly [string, number | null]) => row[1] },
];

test('writes what a French spreadsheet opens: semicolons, decimal commas, a byte order mark', () => {
  expect(csvOf(columns, [['a;"b"', 0.25]], 'fr')).toBe('\ufeff"Nom";"Part"\r\n"a;""b""";0,250000\r\n');
  expect(csvOf(columns, [['a', null]], 'en')).toBe('\ufeff"Nom","Part"\r\n"a",\r\n');
});

test('no text becomes a formula, and negative numbers stay numbers', () => {
  for (const text of ['=1+1', '+33', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1']) {
    const cells = Papa.parse<string[]>(csvOf(columns, [[text, -0.5]], 'en').slice(1)).data[1]!;
    expect(cells).toEqual([`'${text}`, '-0.500000']);
  }
});
