// The Chinook database (SQLite): every row of every table once, and every column as SQLite itself has it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import sql from '../../src/collect/collectors/sql.ts';
import { collecting } from '../collecting.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

const FILE = 'chinook.sqlite';

const conformance: Conformance = async (data) => {
  const root = join(data, 'sql');
  const expected = JSON.parse(readFileSync(join(root, 'expected-row-counts.json'), 'utf8')) as Readonly<
    Record<string, Readonly<Record<string, number>>>
  >;
  const database = new DatabaseSync(join(root, FILE), { readOnly: true });
  const lines: ConformanceLine[] = [];
  for (const [table, rows] of Object.entries(expected[FILE]!)) {
    const { events } = await collecting(sql, { path: FILE, table }, { root });
    const records = events.filter((event) => event.kind === 'record');
    const truth = new Map(
      database
        .prepare(`select * from "${table}"`)
        .all()
        .map((row) => [JSON.stringify(row), true] as const),
    );
    const exact = records.filter(({ bytes }) => truth.has(Buffer.from(bytes).toString('utf8'))).length;
    const keys = new Set(records.map(({ key }) => key));
    lines.push({
      name: `sql: ${table}`,
      passed: Math.min(exact, keys.size),
      total: rows,
      figure: `${records.length} rows, ${exact} exact, ${keys.size} keys`,
    });
  }
  database.close();
  return lines;
};
export default conformance;
