import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collecting, effectsFor } from '../../../test/collecting.ts';
import { type Mariadb, mariadbMissing, startMariadb } from '../../../test/services/mariadb.ts';
import { DataSensError } from '../../model/error.ts';
import type { Json } from '../../model/json.ts';
import sql from '../collectors/sql.ts';

const missing = mariadbMissing();

describe.skipIf(missing !== null)(`MariaDB${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: Mariadb;
  let root = '';
  let base = '';

  beforeAll(async () => {
    server = await startMariadb();
    root = mkdtempSync(join(tmpdir(), 'sql-'));
    writeFileSync(join(root, 'mot-de-passe'), 'secret-lecteur\n');
    writeFileSync(join(root, 'faux'), 'autre\n');
    writeFileSync(join(root, 'autorite.pem'), server.authority);
    base = `mariadb://localhost:${server.port}/essai`;
    await server.run(
      `create table essai.avis (numero integer primary key, depose_le datetime(3), commune varchar(80), message text, modifie_le timestamp(6) null)`,
      `insert into essai.avis select seq, '2026-03-01 10:00:00.5' + interval seq minute, 'Meylan',
         concat('Il faudrait un banc près de la fontaine numéro ', seq, ' 🌳'), '2026-03-02 00:00:00' + interval seq div 3 second from seq_1_to_10`,
    );
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const settings = (more: object) => ({ url: base, user: 'lecteur', password: 'file:mot-de-passe', ...more });
  const read = (more: object, states = new Map<string, Json>()) =>
    collecting(sql, settings(more), { root, allow: [base], states });
  const recordsOf = ({ events }: Awaited<ReturnType<typeof read>>) => events.filter((event) => event.kind === 'record');
  const textOf = (event: { readonly bytes: Uint8Array }) => Buffer.from(event.bytes).toString('utf8');

  async function failure(more: object): Promise<DataSensError> {
    const error = await read(more).then(
      () => null,
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(DataSensError);
    expect((error as DataSensError).remedy).toBeTruthy();
    return error as DataSensError;
  }

  test('a table is read whole in the order of its key, each row as JSON in the order of its columns', async () => {
    const result = await read({ table: 'avis' });
    expect(result.openings).toMatchObject([
      { location: `${base}#avis`, headers: { server: expect.stringMatching(/^MariaDB \d/) } },
    ]);
    const records = recordsOf(result);
    expect(records.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(textOf(records[0]!)).toBe(
      '{"numero":1,"depose_le":"2026-03-01T10:01:00.500","commune":"Meylan","message":"Il faudrait un banc près de la fontaine numéro 1 🌳","modifie_le":"2026-03-02T00:00:00.000000Z"}',
    );
    expect(result.items[0]).toMatchObject({
      publishedAt: '2026-03-01T10:01:00.500',
      territory: 'Meylan',
      findings: [],
    });
  });

  test('every value is kept: digits, zeros, instants, bytes, JSON, nulls', async () => {
    await server.run(
      `create table essai.valeurs (entier bigint unsigned, exact_ decimal(30,2), reel float, double_ double, vrai boolean, jour date,
         heure time(2), annee year, drapeaux bit(10), octets blob, petit varbinary(4), objet json, genre enum('plainte','merci'),
         code int(5) zerofill, latin varchar(20) character set latin1, identifiant uuid, point_ point, vide text)`,
      `insert into essai.valeurs values (18446744073709551615, 12.50, 0.1, 0.1, true, '2026-03-01', '-12:30:00.25', 2026, b'1000000001',
         x'00ff10', x'ff', '{"note": 4}', 'plainte', 42, 'été', '8b2f6c1e-0000-4000-8000-000000000001', null, null),
         (null, null, null, null, null, null, null, null, null, '', null, null, null, null, null, null, null, '')`,
    );
    const [first, second] = recordsOf(await read({ table: 'essai.valeurs' })).map((event) => JSON.parse(textOf(event)));
    expect(first).toEqual({
      entier: '18446744073709551615',
      exact_: '12.50',
      reel: 0.1,
      double_: 0.1,
      vrai: 1,
      jour: '2026-03-01',
      heure: '-12:30:00.25',
      annee: 2026,
      drapeaux: 513,
      octets: 'AP8Q',
      petit: '/w==',
      objet: { note: 4 },
      genre: 'plainte',
      code: '00042',
      latin: 'été',
      identifiant: '8b2f6c1e-0000-4000-8000-000000000001',
      point_: null,
      vide: null,
    });
    expect(second).toMatchObject({ entier: null, octets: '', vide: '' });
  });

  test('an increment reads what came since, none lost and none twice', async () => {
    const states = new Map<string, Json>();
    const incremental = { table: 'avis', incremental: { column: 'modifie_le' } };
    expect(recordsOf(await read(incremental, states))).toHaveLength(10);
    expect((await read(incremental, states)).events).toEqual([]);
    await server.run(
      `insert into essai.avis values (0, null, null, 'Au même instant que les derniers.', '2026-03-02 00:00:03'),
         (11, null, null, 'Après tous les autres, d’une microseconde.', '2026-03-02 00:00:03.000001')`,
    );
    expect(recordsOf(await read(incremental, states)).map(({ key }) => key)).toEqual(['0', '11']);
    expect((await read(incremental, states)).events).toEqual([]);
    const byText = { table: 'avis', incremental: { column: 'message' }, key: 'numero' };
    const words = new Map<string, Json>();
    await read(byText, words);
    await server.run(
      `insert into essai.avis values (12, null, null, 'Zut, l’apostrophe '' et la barre \\\\ ne disent rien.', null)`,
    );
    expect(recordsOf(await read(byText, words)).map(({ key }) => key)).toEqual(['12']);
    expect((await read(byText, words)).events).toEqual([]);
    await server.run('delete from essai.avis where numero in (0, 11, 12)');
  });

  test('what is not there is named, with what was meant', async () => {
    expect((await failure({ table: 'aviss' })).message).toContain('did you mean `avis`?');
    expect((await failure({ query: 'select * from aviss' })).message).toContain(
      'no table `aviss`; did you mean `avis`?',
    );
    expect((await failure({ query: 'select mesage from avis' })).message).toContain('no column `mesage`');
    expect((await failure({ query: 'select * fom avis' })).message).toContain('does not understand');
    expect((await failure({ url: `${base}x`, table: 'avis' }).catch((error) => error)).code).toBeDefined();
  });

  test('a query that writes is refused by the server', async () => {
    await server.run(
      `create function essai.ecrire() returns integer modifies sql data begin insert into essai.avis (numero) values (99); return 1; end`,
      `grant all on essai.* to lecteur@'127.0.0.1'`,
      'grant all on essai.* to lecteur@localhost',
    );
    const error = await failure({ query: 'select essai.ecrire()' });
    expect(error).toMatchObject({ code: 'remote-refused', message: expect.stringContaining('refused to write') });
    expect(recordsOf(await read({ table: 'avis' }))).toHaveLength(10);
    expect((await failure({ query: 'select 1; delete from avis' })).code).toBe('remote-refused');
  });

  test('a query that takes too long is left, on the server too', async () => {
    const error = await failure({ query: 'select sleep(30) as a from avis', timeoutSeconds: 1 });
    expect(error).toMatchObject({ code: 'remote-unavailable', message: expect.stringContaining('no row within 1 s') });
    await expect
      .poll(
        async () =>
          (
            await read({
              query: `select count(*) as n from information_schema.processlist where info like '%sleep(30)%' and info not like '%processlist%'`,
            })
          ).items[0]!.fields,
      )
      .toEqual([['n', '0']]);
  });

  test('a wrong password, an unknown database and a silent port are told apart', async () => {
    expect(await failure({ table: 'avis', password: 'file:faux' })).toMatchObject({
      code: 'remote-refused',
      message: expect.stringContaining('refused the account `lecteur`'),
    });
    const unknown = `${base}x`;
    await expect(
      collecting(sql, settings({ url: unknown, table: 'avis' }), { root, allow: [unknown] }),
    ).rejects.toMatchObject({
      code: 'remote-refused',
      message: expect.stringContaining('no such database'),
    });
    const nowhere = 'mysql://localhost:1/essai';
    await expect(
      collecting(sql, settings({ url: nowhere, table: 'avis' }), { root, allow: [nowhere] }),
    ).rejects.toMatchObject({
      code: 'remote-unavailable',
      retryable: true,
    });
  });

  test('TLS is used and checked where the settings say so', async () => {
    const query = `select variable_value <> '' as chiffre from information_schema.session_status where variable_name = 'Ssl_cipher'`;
    const encrypted = { query, tls: 'verify', ca: 'autorite.pem' };
    expect((await read(encrypted)).items[0]!.fields).toEqual([['chiffre', '1']]);
    expect((await read({ query })).items[0]!.fields).toEqual([['chiffre', '0']]);
    expect((await read({ query, tls: 'require' })).items[0]!.fields).toEqual([['chiffre', '1']]);
    expect((await failure({ query, tls: 'verify' })).message).toContain('no TLS that can be trusted');
    const address = `mysql://127.0.0.1:${server.port}/essai`;
    await expect(
      collecting(sql, settings({ ...encrypted, url: address }), { root, allow: [address] }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('no TLS that can be trusted'),
    });
  });

  test('rows wait on the server while nobody takes them, and a connection that breaks is told', async () => {
    await server.run(
      'create table essai.longue (numero integer primary key, message text)',
      `insert into essai.longue select seq, repeat('Une longue lettre au maire. ', 40) from seq_1_to_50000`,
    );
    const config = sql.config.parse(settings({ table: 'longue' }));
    let seen = 0;
    const before = process.memoryUsage().arrayBuffers;
    let held = 0;
    const broken = (async () => {
      for await (const event of sql.collect(config, effectsFor({ root, allow: [base] }))) {
        if (event.kind !== 'record') continue;
        seen += 1;
        if (seen !== 300) continue;
        // Were nothing holding the rows back, the 50 MB of the table would be here by now.
        await new Promise((resolve) => setTimeout(resolve, 700));
        held = process.memoryUsage().arrayBuffers - before;
        await server.run(
          "begin not atomic for row in (select id from information_schema.processlist where user = 'lecteur') do kill row.id; end for; end",
        );
      }
    })();
    await expect(broken).rejects.toMatchObject({
      code: 'remote-unavailable',
      message: expect.stringContaining('was lost'),
    });
    expect(held).toBeLessThan(25_000_000);
    expect(seen).toBeLessThan(50_000);
  });

  test('a run that is stopped leaves at once', async () => {
    const controller = new AbortController();
    const config = sql.config.parse(settings({ query: 'select sleep(20)' }));
    const reading = Array.fromAsync(
      sql.collect(config, effectsFor({ root, allow: [base], signal: controller.signal })),
    );
    setTimeout(() => controller.abort(new Error('stopped by the test')), 300);
    await expect(reading).rejects.toThrow('stopped by the test');
  });
});
