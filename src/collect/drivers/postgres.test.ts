import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collecting, effectsFor } from '../../../test/collecting.ts';
import { type ListeningPostgres, startListeningPostgres } from '../../../test/services/listening-postgres.ts';
import { DataSensError } from '../../model/error.ts';
import type { Json } from '../../model/json.ts';
import sql from '../collectors/sql.ts';

let server: ListeningPostgres;
let root = '';
let base = '';

beforeAll(async () => {
  server = await startListeningPostgres();
  root = mkdtempSync(join(tmpdir(), 'sql-'));
  writeFileSync(join(root, 'mot-de-passe'), 'secret-lecteur\n');
  writeFileSync(join(root, 'faux'), 'autre\n');
  writeFileSync(join(root, 'autorite.pem'), server.authority);
  base = `postgres://localhost:${server.port}/essai`;
  await server.run(
    `create table avis (numero integer primary key, "Déposé le" timestamptz, commune text, message text, modifie_le timestamptz)`,
    `insert into avis select n, timestamptz '2026-03-01 10:00:00+01' + n * interval '1 minute', 'Meylan',
       'Il faudrait un banc de plus près de la fontaine numéro ' || n || ', merci.', timestamptz '2026-03-02' + n / 3 * interval '1 second'
       from generate_series(1, 10) n`,
  );
}, 90_000);
afterAll(async () => {
  await server?.stop();
  rmSync(root, { recursive: true, force: true });
});

const settings = (more: object) => ({
  url: base,
  user: 'lecteur',
  password: 'file:mot-de-passe',
  ...more,
});
const read = (more: object, states = new Map<string, Json>()) =>
  collecting(sql, settings(more), { root, allow: [base], states });

async function failure(more: object): Promise<DataSensError> {
  const error = await read(more).then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(DataSensError);
  expect((error as DataSensError).remedy).toBeTruthy();
  return error as DataSensError;
}

const recordsOf = ({ events }: Awaited<ReturnType<typeof read>>) => events.filter((event) => event.kind === 'record');
const textOf = (event: { readonly bytes: Uint8Array }) => Buffer.from(event.bytes).toString('utf8');

describe('a table', () => {
  test('is read whole in the order of its key, each row as JSON in the order of its columns', async () => {
    const result = await read({ table: 'avis' });
    expect(result.openings).toMatchObject([
      {
        location: `${base}#avis`,
        mediaType: 'application/json',
        charset: 'utf-8',
        headers: { server: expect.stringMatching(/^PostgreSQL \d/) },
      },
    ]);
    const records = recordsOf(result);
    expect(records.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(textOf(records[0]!)).toBe(
      '{"numero":1,"Déposé le":"2026-03-01T09:01:00Z","commune":"Meylan","message":"Il faudrait un banc de plus près de la fontaine numéro 1, merci.","modifie_le":"2026-03-02T00:00:00Z"}',
    );
    expect(result.items[0]).toMatchObject({
      text: 'Il faudrait un banc de plus près de la fontaine numéro 1, merci.',
      publishedAt: '2026-03-01T09:01:00Z',
      territory: 'Meylan',
      findings: [],
    });
    expect(result.items[0]!.fields.map(([name]) => name)).toEqual([
      'numero',
      'Déposé le',
      'commune',
      'message',
      'modifie_le',
    ]);
  });

  test('keeps every value: digits, instants, bytes, JSON, nulls', async () => {
    await server.run(
      `create table valeurs (entier bigint, exact numeric, exact2 numeric, reel double precision, vrai boolean, jour date,
         instant timestamp, fuseau timestamptz, duree interval, octets bytea, objet jsonb, liste text[], identifiant uuid, vide text, "2" text)`,
      `insert into valeurs values (9007199254740993, 12.50, 12.5, 0.1, true, '2026-03-01', '2026-03-01 08:09:10.123456',
         '2026-03-01 08:09:10.5+02', '1 day 2 hours', '\\x00ff10', '{"note": 4, "mots": ["a", "b"]}', '{un,"deux, trois"}',
         '8b2f6c1e-0000-4000-8000-000000000001', null, 'retours
à la ligne et "guillemets"'),
         (null, 'NaN', -3, 'Infinity', null, 'infinity', '-infinity', '0044-03-15 00:00:00+00 BC', null, '', 'null', '{}', null, '', '')`,
    );
    const { items, ...result } = await read({ table: 'public.valeurs' });
    const [first, second] = recordsOf({ items, ...result }).map((event) => JSON.parse(textOf(event)));
    expect(first).toEqual({
      entier: '9007199254740993',
      exact: '12.50',
      exact2: 12.5,
      reel: 0.1,
      vrai: true,
      jour: '2026-03-01',
      instant: '2026-03-01T08:09:10.123456',
      fuseau: '2026-03-01T06:09:10.5Z',
      duree: 'P1DT2H',
      octets: 'AP8Q',
      objet: { note: 4, mots: ['a', 'b'] },
      liste: '{un,"deux, trois"}',
      identifiant: '8b2f6c1e-0000-4000-8000-000000000001',
      vide: null,
      '2': 'retours\nà la ligne et "guillemets"',
    });
    expect(second).toMatchObject({
      entier: null,
      exact: 'NaN',
      exact2: -3,
      reel: 'Infinity',
      vrai: null,
      jour: 'infinity',
    });
    expect(second).toMatchObject({
      instant: '-infinity',
      fuseau: '0044-03-15 00:00:00+00 BC',
      octets: '',
      objet: null,
    });
    expect(items[0]!.fields.at(-1)).toEqual(['2', 'retours\nà la ligne et "guillemets"']);
  });

  test('of another schema, with names that need quotes, is found; of an unknown name the nearest is said', async () => {
    await server.run(
      `create schema "Plaintes"`,
      `create table "Plaintes"."Année ""2026""" ("Le texte" text)`,
      `insert into "Plaintes"."Année ""2026""" values ('La barrière du parc ne ferme plus depuis le dernier orage.')`,
      `grant usage on schema "Plaintes" to lecteur`,
      `grant select on all tables in schema "Plaintes" to lecteur`,
    );
    expect((await read({ table: 'Plaintes.Année "2026"' })).items[0]!.text).toContain('barrière');
    expect(await failure({ table: 'aviss' })).toMatchObject({
      code: 'remote-refused',
      message: expect.stringContaining('did you mean `avis`?'),
    });
  });

  test('that this account may not read says so', async () => {
    await server.run('create table secret_table (a text)', 'revoke all on secret_table from lecteur');
    expect(await failure({ table: 'secret_table' })).toMatchObject({
      code: 'remote-refused',
      message: expect.stringContaining('no right to read `secret_table`'),
    });
  });
});

describe('a query', () => {
  test('is read as it is, and a repeated column is numbered', async () => {
    const { items } = await read({ query: 'select commune, numero, numero from avis order by numero desc limit 2;' });
    expect(items.map(({ fields }) => fields.map(([name, value]) => `${name}=${value}`))).toEqual([
      ['commune=Meylan', 'numero=10', 'numero (2)=10'],
      ['commune=Meylan', 'numero=9', 'numero (2)=9'],
    ]);
  });

  test('that names what is not there says what, and what was meant', async () => {
    expect((await failure({ query: 'select * from aviss' })).message).toContain(
      'no table `aviss`; did you mean `avis`?',
    );
    expect((await failure({ query: 'select mesage from avis' })).message).toContain('no column `mesage`');
    expect((await failure({ query: 'select * fom avis' })).message).toContain('does not understand');
  });

  test('that writes is refused by the server, whichever way it tries', async () => {
    await server.run(
      `create function ecrire() returns integer language sql as 'insert into avis (numero) values (99) returning numero'`,
      `grant all on avis to lecteur`,
    );
    const ways = [
      'select ecrire()',
      'with parti as (delete from avis returning *) select * from parti',
      'select * from avis for update',
      `select set_config('transaction_read_only', 'off', false), ecrire()`,
    ];
    for (const query of ways) {
      const error = await failure({ query });
      expect(error.code).toBe('remote-refused');
      if (!query.includes('set_config')) expect(error.message).toContain('refused to write');
    }
    expect(await server.run('select count(*)::integer as n from avis')).toEqual([{ n: 10 }]);
  });

  test('is never more than one statement, and none but a select', async () => {
    expect(sql.config.safeParse(settings({ query: 'delete from avis' })).success).toBe(false);
    expect(
      sql.config.safeParse(settings({ query: '-- note\n/* ici */ with a as (select 1) select * from a' })).success,
    ).toBe(true);
    expect((await failure({ query: 'select 1; delete from avis' })).code).toBe('remote-refused');
  });

  test('whose failure would quote a row tells nothing of it', async () => {
    const error = await failure({ query: `select message::integer from avis` });
    expect(error.code).toBe('remote-refused');
    expect(`${error.message} ${error.remedy} ${String(error.cause)}`).not.toContain('fontaine');
  });

  test('that takes too long is left', async () => {
    const error = await failure({ query: 'select pg_sleep(20)', timeoutSeconds: 1 });
    expect(error).toMatchObject({ code: 'remote-unavailable', retryable: true });
    expect(error.message).toContain('no row within 1 s');
  });
});

describe('an increment', () => {
  test('reads what came since, rows of the last value included, none lost and none twice', async () => {
    await server.run(
      'create table journal (numero integer primary key, message text, modifie_le timestamptz)',
      `insert into journal select n, 'Le portail de l’école reste ouvert la nuit, jour ' || n, timestamptz '2026-03-02' + n / 3 * interval '1 second'
       from generate_series(1, 10) n`,
    );
    const states = new Map<string, Json>();
    const incremental = { table: 'journal', incremental: { column: 'modifie_le' } };
    const first = await read(incremental, states);
    expect(recordsOf(first)).toHaveLength(10);
    expect((await read(incremental, states)).events).toEqual([]);
    await server.run(
      `insert into journal values (0, 'Le même instant que les derniers, mais un numéro plus petit.', '2026-03-02 00:00:03+00'),
         (11, 'Après tous les autres, à la microseconde près, encore un message.', '2026-03-02 00:00:03.000001+00')`,
      `update journal set message = 'Un message corrigé depuis, à son tour.', modifie_le = '2026-03-03' where numero = 1`,
    );
    const second = await read(incremental, states);
    expect(recordsOf(second).map(({ key }) => key)).toEqual(['0', '11', '1']);
    expect((await read(incremental, states)).events).toEqual([]);
    // A corrected row is new even where its date did not move.
    await server.run(`update journal set message = 'Corrigé deux fois dans le même instant, donc.' where numero = 1`);
    expect(recordsOf(await read(incremental, states)).map(({ key }) => key)).toEqual(['1']);
  });

  test('tells the rows that its column leaves out', async () => {
    await server.run(`insert into journal values (12, 'Sans date de modification, hélas.', null)`);
    const { refusals, items } = await read({ table: 'journal', incremental: { column: 'modifie_le' } });
    expect(refusals).toEqual([`input-unreadable ${base}#journal column modifie_le`]);
    expect(items).toHaveLength(12);
  });

  test('of a query keeps to its key, and names the nearest of an unknown column', async () => {
    const query = 'select numero as n, message, modifie_le from journal';
    const states = new Map<string, Json>();
    const incremental = { query, key: 'n', incremental: { column: 'n' } };
    expect(recordsOf(await read(incremental, states)).at(-1)).toMatchObject({ key: '12' });
    await server.run(`insert into journal values (13, 'Un treizième message au sujet du portail.', '2026-04-01')`);
    expect(recordsOf(await read(incremental, states)).map(({ key }) => key)).toEqual(['13']);
    const error = await failure({ query, incremental: { column: 'modifi_le' } });
    expect(error.message).toContain('did you mean `modifie_le`?');
  });
});

describe('the way to the server', () => {
  test('says what is wrong: account, database, address', async () => {
    expect(await failure({ table: 'avis', password: 'file:faux' })).toMatchObject({
      code: 'remote-refused',
      message: expect.stringContaining('refused the account `lecteur`'),
    });
    expect((await failure({ url: `${base}x`, table: 'avis' })).message).toContain('no such database');
    const nowhere = 'postgres://localhost:1/essai';
    const unreachable = collecting(sql, settings({ url: nowhere, table: 'avis' }), { root, allow: [nowhere] });
    await expect(unreachable).rejects.toMatchObject({ code: 'remote-unavailable', retryable: true });
    await expect(collecting(sql, settings({ table: 'avis' }), { root })).rejects.toMatchObject({
      code: 'egress-refused',
    });
  });

  test('keeps passwords out of the settings', () => {
    expect(sql.config.safeParse(settings({ table: 'avis', password: 'en-clair' })).success).toBe(false);
    const issue = sql.config.safeParse(settings({ table: 'avis', url: `postgres://a:b@localhost/essai` })).error;
    expect(issue?.message).toContain('no password in the address');
  });

  test('is encrypted and checked where the settings say so', async () => {
    const used = `select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
    const encrypted = { query: used, tls: 'verify', ca: 'autorite.pem' };
    expect((await read(encrypted)).items[0]!.fields).toEqual([['ssl', 'true']]);
    expect((await read({ query: used })).items[0]!.fields).toEqual([['ssl', 'false']]);
    expect((await read({ query: used, tls: 'require' })).items[0]!.fields).toEqual([['ssl', 'true']]);
    expect((await failure({ query: used, tls: 'verify' })).message).toContain('no TLS that can be trusted');
    // The certificate is of `localhost`.
    const address = `postgres://127.0.0.1:${server.port}/essai`;
    const wrongName = collecting(sql, settings({ ...encrypted, url: address }), { root, allow: [address] });
    await expect(wrongName).rejects.toMatchObject({
      code: 'remote-refused',
      message: expect.stringContaining('no TLS that can be trusted'),
    });
  });

  test('that breaks midway is told, and what was read is not asked for again', async () => {
    await server.run(
      `create table long (numero integer primary key, message text)`,
      `insert into long select n, repeat('Une longue lettre au maire. ', 40) || n from generate_series(1, 20000) n`,
    );
    const config = sql.config.parse(settings({ table: 'long' }));
    let seen = 0;
    const broken = (async () => {
      for await (const event of sql.collect(config, effectsFor({ root, allow: [base] }))) {
        if (event.kind === 'record') seen += 1;
        if (seen === 10) {
          seen += 1;
          await server.run(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'lecteur'`);
        }
      }
    })();
    await expect(broken).rejects.toMatchObject({
      code: 'remote-unavailable',
      retryable: true,
      message: expect.stringContaining('was lost'),
    });
    expect(seen).toBeLessThan(20_000);
    // Nothing stays open behind a reader that stops.
    for await (const event of sql.collect(config, effectsFor({ root, allow: [base] })))
      if (event.kind === 'record') break;
    const open = await server.run(`select count(*)::integer as n from pg_stat_activity where usename = 'lecteur'`);
    expect(open).toEqual([{ n: 0 }]);
  });

  test('is left at once where the run is stopped', async () => {
    const controller = new AbortController();
    const config = sql.config.parse(settings({ query: 'select pg_sleep(20)' }));
    const reading = Array.fromAsync(
      sql.collect(config, effectsFor({ root, allow: [base], signal: controller.signal })),
    );
    setTimeout(() => controller.abort(new Error('stopped by the test')), 300);
    await expect(reading).rejects.toThrow('stopped by the test');
  });
});
