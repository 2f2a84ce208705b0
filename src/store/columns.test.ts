import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import {
  booleanColumn,
  bytesColumn,
  type Column,
  floatColumn,
  integerColumn,
  jsonColumn,
  rawColumn,
  textColumn,
  uuidColumn,
} from './columns.ts';

const UUID = '0c1f0e5a-8f5b-4f3e-9d57-0a4e8f4f1b11';
const HEX = 'ab'.repeat(32);
const JSON_VALUES = [{ 'clé "à"': ['\\', '\u0000', '\ud800'] }, [], undefined, 'é', 1.5];

const CASES: readonly (readonly [type: string, column: (values: never) => Column, values: readonly unknown[]])[] = [
  ['text', textColumn, ['', 'é', null, 'a,"b"{}\\', 'NULL', '😀\n\t', 'x'.repeat(70_000)]],
  ['bytea', bytesColumn, [HEX, '', '00ff']],
  ['bytea', rawColumn, [Buffer.from(HEX, 'hex'), Buffer.alloc(0)]],
  ['uuid', uuidColumn, [UUID, UUID.toUpperCase()]],
  ['integer', integerColumn, [0, -1, 2_147_483_647, -2_147_483_648]],
  ['float8', floatColumn, [0, 0.1, -1e300]],
  ['boolean', booleanColumn, [true, false]],
  ['jsonb', jsonColumn, JSON_VALUES],
];

test.each(CASES)('a column of %s is read back as it was written', async (type, column, values) => {
  const database = await testDatabase();
  const bytes = (value: unknown) => (value instanceof Buffer ? value.toString('hex') : value);
  const read = (given: readonly unknown[]) =>
    database.transaction(async (tx) => {
      const array = sql`${column(given as never)}::${sql.raw(type)}[]`;
      const { rows } = await sql<{ value: unknown; size: number }>`
        select value, cardinality(${array}) as size from unnest(${array}) with ordinality as given (value, rank)
        order by rank`.execute(tx);
      return rows.map(({ value }) => bytes(value));
    });
  const expected: Record<string, readonly unknown[]> = {
    uuid: [UUID, UUID],
    jsonb: [{ 'clé "à"': ['\\', '\uFFFD', '\uFFFD'] }, [], null, 'é', 1.5],
  };
  expect(await read(values)).toEqual(expected[type] ?? values.map(bytes));
  expect(await read([])).toEqual([]);
});

test('the bytes of a column are its own, so that they can be handed to another thread', () => {
  const column = textColumn(['un', 'deux']);
  expect(column.byteLength).toBe(column.buffer.byteLength);
});
