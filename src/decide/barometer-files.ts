// The barometer as files: JSON for programs, CSV for spreadsheets. The same figures give the same bytes.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { disarm } from '../model/formula.ts';
import type { Barometer, BarometerCell } from '../model/indicator.ts';
import { canonicalJson, type Json } from '../model/json.ts';

type Cell = string | number | null;

const COLUMNS: readonly (readonly [name: string, value: (cell: BarometerCell) => Cell])[] = [
  ['week', (cell) => cell.week],
  ['theme', (cell) => cell.theme],
  ['department', (cell) => cell.department],
  ['counting', (cell) => cell.counting],
  ['n', (cell) => cell.n],
  ['judged', (cell) => cell.judged],
  ['negative', (cell) => cell.negative],
  ['neutral', (cell) => cell.neutral],
  ['positive', (cell) => cell.positive],
  ['balance', (cell) => rounded(cell.balance)],
  ['share', (cell) => rounded(cell.share)],
  ['share_low', (cell) => rounded(cell.shareInterval.low)],
  ['share_high', (cell) => rounded(cell.shareInterval.high)],
  ['negative_low', (cell) => rounded(cell.negativeInterval?.low ?? null)],
  ['negative_high', (cell) => rounded(cell.negativeInterval?.high ?? null)],
];

/** Writes `barometer.json` and `barometer.csv`; an empty cell stands for "all" in a dimension, for "unknown" in a figure. */
export async function writeBarometer(barometer: Barometer, folder: string): Promise<void> {
  await writeFile(join(folder, 'barometer.json'), `${canonicalJson(JSON.parse(JSON.stringify(barometer)) as Json)}\n`);
  const lines = barometer.cells.map((cell) => COLUMNS.map(([, value]) => spell(value(cell))).join(','));
  await writeFile(
    join(folder, 'barometer.csv'),
    `${[COLUMNS.map(([name]) => name).join(','), ...lines].join('\r\n')}\r\n`,
  );
}

/** Labels come from the codebook: quoted, and kept from running in a spreadsheet (ASVS 5.0, 1.2.10). */
function spell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return `"${disarm(cell).replaceAll('"', '""')}"`;
}

function rounded(figure: number | null): number | null {
  return figure === null ? null : Number(figure.toFixed(6));
}
