import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collecting } from '../../../test/collecting.ts';
import type { Json } from '../../model/json.ts';
import sql from './sql.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sqlite-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function run(statements: string, file = 'base.sqlite'): void {
  const database = new DatabaseSync(join(root, file));
  database.exec(statements);
  database.close();
}

const AVIS = `create table avis (numero integer primary key, depose_le text, message text, modifie integer);
  insert into avis values (1, '2026-03-01 10:00:00', 'La cantine manque de légumes frais et de temps pour manger.', 100),
    (2, null, 'Le bus du soir part trois minutes avant l’arrivée du train.', 100)`;

const read = (config: object, states = new Map<string, Json>()) => collecting(sql, config, { root, states });
const recordsOf = ({ events }: Awaited<ReturnType<typeof read>>) => events.filter((event) => event.kind === 'record');
const textOf = (event: { readonly bytes: Uint8Array }) => Buffer.from(event.bytes).toString('utf8');

describe('an SQLite file', () => {
  test('with one table needs no word of it', async () => {
    run(AVIS);
    const result = await read({ path: 'base.sqlite' });
    expect(result.openings[0]).toMatchObject({
      location: 'base.sqlite#avis',
      headers: { server: expect.stringMatching(/^SQLite 3/) },
    });
    expect(recordsOf(result).map(({ key, bytes }) => [key, textOf({ bytes })])).toEqual([
      [
        '1',
        '{"numero":1,"depose_le":"2026-03-01 10:00:00","message":"La cantine manque de légumes frais et de temps pour manger.","modifie":100}',
      ],
      [
        '2',
        '{"numero":2,"depose_le":null,"message":"Le bus du soir part trois minutes avant l’arrivée du train.","modifie":100}',
      ],
    ]);
    expect(result.items[0]).toMatchObject({
      publishedAt: '2026-03-01 10:00:00',
      text: expect.stringContaining('cantine'),
    });
  });

  test('keeps every value: whole numbers of 64 bits, fractions, bytes, nulls', async () => {
    run(`create table v (a integer, b real, c blob, d text, e);
      insert into v values (9007199254740993, 0.1, x'00ff', '"é"' || char(10), null), (-5, 1e300, null, '', 12.5)`);
    const [first, second] = recordsOf(await read({ path: 'base.sqlite' })).map(textOf);
    expect(first).toBe('{"a":"9007199254740993","b":0.1,"c":"AP8=","d":"\\"é\\"\\n","e":null}');
    expect(JSON.parse(second!)).toEqual({ a: -5, b: 1e300, c: null, d: '', e: 12.5 });
  });

  test('is not read again while nobody writes to it, and is when somebody did', async () => {
    run(AVIS);
    const states = new Map<string, Json>();
    await read({ path: 'base.sqlite' }, states);
    expect((await read({ path: 'base.sqlite' }, states)).events).toEqual([]);
    run(
      `pragma journal_mode = wal; insert into avis values (3, null, 'Encore un mot sur la cantine du collège.', 101)`,
    );
    expect(recordsOf(await read({ path: 'base.sqlite' }, states))).toHaveLength(3);
    expect(sql.snapshots).toBeTypeOf('function');
  });

  test('read by a column gives only what came since, and is then added to, not replaced', async () => {
    run(AVIS);
    const config = { path: 'base.sqlite', incremental: { column: 'modifie' } };
    const states = new Map<string, Json>();
    expect(recordsOf(await read(config, states))).toHaveLength(2);
    run(`insert into avis values (3, null, 'À la même date que les deux premiers.', 100), (4, null, 'Plus tard.', 101);
      update avis set message = 'Changé.', modifie = 102 where numero = 1`);
    expect(recordsOf(await read(config, states)).map(({ key }) => key)).toEqual(['3', '4', '1']);
    expect((await read(config, states)).events).toEqual([]);
    const succession = sql.snapshots as (config: unknown) => string;
    expect(succession(sql.config.parse(config))).toBe('append');
    expect(succession(sql.config.parse({ path: 'base.sqlite' }))).toBe('replace');
  });

  test('keeps the roles of its columns from one increment to the next', async () => {
    run(`create table t (n integer primary key, avis text, note text);
      insert into t values (1, 'Une phrase assez longue pour être le texte de la contribution.', 'x')`);
    const config = { path: 'base.sqlite', incremental: { column: 'n' } };
    const states = new Map<string, Json>();
    expect((await read(config, states)).items[0]!.text).toContain('Une phrase');
    run(`insert into t values (2, null, 'Cette fois la note est bien plus longue que l’avis, qui est vide.')`);
    expect((await read(config, states)).items[0]!.text).toBe('');
  });

  test('with several tables, or none of that name, says what there is', async () => {
    run(`${AVIS}; create table reponses (a text)`);
    await expect(read({ path: 'base.sqlite' })).rejects.toMatchObject({
      code: 'input-unreadable',
      message: 'base.sqlite has 2 tables: avis, reponses',
    });
    await expect(read({ path: 'base.sqlite', table: 'reponse' })).rejects.toThrow('did you mean `reponses`?');
    await expect(read({ path: 'base.sqlite', table: 'avis', key: 'numro' })).rejects.toThrow('did you mean `numero`?');
    await expect(read({ path: 'base.sqlite', table: 'avis', map: { text: 'mesage' } })).rejects.toThrow('`message`');
    await expect(read({ path: 'base.sqlite', query: 'select * from avi' })).rejects.toThrow('did you mean `avis`?');
  });

  test('is never written to', async () => {
    run(AVIS);
    const before = statSync(join(root, 'base.sqlite'));
    const query = 'with neuf as (select 1) select * from avis';
    expect(recordsOf(await read({ path: 'base.sqlite', query }))).toHaveLength(2);
    for (const text of ['delete from avis', 'pragma user_version = 3', `attach 'autre.sqlite' as autre`]) {
      expect(sql.config.safeParse({ path: 'base.sqlite', query: text }).success).toBe(false);
    }
    await expect(
      read({ path: 'base.sqlite', query: 'with a as (select 1) delete from avis returning *' }),
    ).rejects.toMatchObject({ code: 'input-unreadable', message: expect.stringContaining('refused to write') });
    expect(statSync(join(root, 'base.sqlite')).mtimeMs).toBe(before.mtimeMs);
    expect(existsSync(join(root, 'autre.sqlite'))).toBe(false);
  });

  test('must be one, and lie inside the project folder, links followed', async () => {
    writeFileSync(join(root, 'faux.sqlite'), 'SQLite format 3\0 et rien de plus');
    await expect(read({ path: 'faux.sqlite', table: 'avis' })).rejects.toMatchObject({ code: 'input-unreadable' });
    await expect(read({ path: 'absent.sqlite', table: 'avis' })).rejects.toMatchObject({ code: 'input-missing' });
    const outside = mkdtempSync(join(tmpdir(), 'dehors-'));
    try {
      copyFileSync(
        resolve(import.meta.dirname, '../../../test/fixtures/sql/guichet.sqlite'),
        join(outside, 'a.sqlite'),
      );
      symlinkSync(join(outside, 'a.sqlite'), join(root, 'lien.sqlite'));
      for (const path of ['lien.sqlite', join(outside, 'a.sqlite')]) {
        await expect(read({ path })).rejects.toThrow('outside of the project folder');
      }
      mkdirSync(join(root, 'dedans'));
      copyFileSync(join(outside, 'a.sqlite'), join(root, 'dedans/a.sqlite'));
      symlinkSync(join(root, 'dedans/a.sqlite'), join(root, 'ici.sqlite'));
      expect((await read({ path: 'ici.sqlite' })).items).toHaveLength(2);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test('refuses a row longer than the settings allow, and keeps the others', async () => {
    run(`${AVIS}; update avis set message = hex(zeroblob(2000)) where numero = 1`);
    const { refusals, items } = await read({ path: 'base.sqlite', maximumRecordBytes: 1000 });
    expect(refusals).toEqual(['input-too-large base.sqlite#avis row 1']);
    expect(items).toHaveLength(1);
  });

  test('emptied is a snapshot of nothing, not silence', async () => {
    run('create table avis (numero integer primary key, message text)');
    expect((await read({ path: 'base.sqlite' })).events.map(({ kind }) => kind)).toEqual(['opening', 'closing']);
  });
});

describe('settings', () => {
  test.each([
    ['neither a server nor a file', {}],
    ['both', { path: 'a', url: 'postgres://h/b', table: 't' }],
    ['a server without table nor query', { url: 'postgres://h/b' }],
    ['a table and a query', { path: 'a', table: 't', query: 'select 1' }],
    ['an account for a file', { path: 'a', user: 'b' }],
    ['another kind of server', { url: 'oracle://h/b', table: 't' }],
    ['a server without database', { url: 'postgres://h', table: 't' }],
    ['a broken address', { url: 'postgres://h/b%', table: 't' }],
    ['options in the address', { url: 'postgres://h/b?sslmode=disable', table: 't' }],
  ])('with %s are refused', (_, config) => {
    expect(sql.config.safeParse(config).success).toBe(false);
  });
});
