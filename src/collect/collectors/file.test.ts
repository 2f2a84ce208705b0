import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collecting } from '../../../test/collecting.ts';
import { zip } from '../../../test/zip.ts';
import type { Item } from '../../model/item.ts';
import type { Json } from '../../model/json.ts';
import file from './file.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

const read = (config: object, states = new Map<string, Json>()) =>
  collecting(file, config, { root, states, now: '2026-03-01T12:00:00Z' });

const codes = (item: Item | undefined) => item?.findings.map((finding) => finding.code);

describe('tables of text', () => {
  test('are read without a setting: charset, delimiter, columns, text', async () => {
    put(
      'avis.csv',
      Buffer.from('Réf;Déposé le;Code postal;Votre avis\r\nA1;02/03/2026;38000;C\x92est cher\r\n', 'latin1'),
    );
    const { items, openings, events } = await read({ path: 'avis.csv' });
    expect(openings[0]).toMatchObject({ location: 'avis.csv', charset: 'windows-1252', mediaType: 'text/csv' });
    expect(items[0]).toMatchObject({ id: 'A1', text: 'C’est cher', publishedAt: '02/03/2026', territory: '38000' });
    expect(items[0]!.fields.map(([name]) => name)).toEqual(['Réf', 'Déposé le', 'Code postal', 'Votre avis']);
    expect(codes(items[0])).toEqual(['encoding-guessed']);
    const record = events.find((event) => event.kind === 'record')!;
    expect(record).toMatchObject({ key: 'A1', bytes: Buffer.from('A1;02/03/2026;38000;C\x92est cher', 'latin1') });
  });

  test('keep the columns that the settings name, and refuse those that are not there', async () => {
    put('avis.csv', 'a,b,c\n1,un,long texte\n');
    expect((await read({ path: 'avis.csv', map: { text: 'b', author: 'c' } })).items[0]).toMatchObject({
      text: 'un',
      authors: ['long texte'],
    });
    expect((await read({ path: 'avis.csv', map: { text: 'avis' } })).refusals).toEqual(['input-unreadable avis.csv']);
  });

  test('join several text columns', async () => {
    put('q.csv', 'id,q1,q2\n1,Oui,Peut-être\n2,,Non\n');
    const { items } = await read({ path: 'q.csv', map: { text: ['q1', 'q2'] } });
    expect(items.map((item) => item.text)).toEqual(['Oui\n\nPeut-être', 'Non']);
  });

  test('leave aside titles, comments and blank rows above the header, and blank rows below', async () => {
    put('e.csv', 'Export du 3 mars\n\n# confidentiel\nid;titre;avis\n1;A;Oui\n\n   \n2;B;Non\n');
    const { items } = await read({ path: 'e.csv' });
    expect(items.map((item) => item.fields)).toEqual([
      [
        ['id', '1'],
        ['titre', 'A'],
        ['avis', 'Oui'],
      ],
      [
        ['id', '2'],
        ['titre', 'B'],
        ['avis', 'Non'],
      ],
    ]);
  });

  test('without a header keep their first row', async () => {
    put('sans.csv', '1,le marché\n2,la place\n');
    const { items } = await read({ path: 'sans.csv' });
    expect(items[0]!.fields).toEqual([
      ['column 1', '1'],
      ['column 2', 'le marché'],
    ]);
  });

  test('name repeated and blank columns apart, and say that a row is ragged', async () => {
    put('d.csv', 'a,,a\n1,2,3\n4\n5,6,7,8\n');
    const { items } = await read({ path: 'd.csv', header: true });
    expect(items[0]!.fields.map(([name]) => name)).toEqual(['a', 'column 2', 'a (2)']);
    expect(items.map(codes)).toEqual([[], ['row-ragged'], ['row-ragged']]);
    expect(items[2]!.fields.at(-1)).toEqual(['column 4', '8']);
  });

  test('read a row of another charset as windows-1252', async () => {
    put('joint.csv', Buffer.concat([Buffer.from('id,avis\n1,été\n'), Buffer.from('2,été\n', 'latin1')]));
    const { items, openings } = await read({ path: 'joint.csv' });
    expect(openings[0]!.charset).toBe('utf-8');
    expect(items.map((item) => item.text)).toEqual(['été', 'été']);
    expect(items.map(codes)).toEqual([[], ['encoding-guessed']]);
  });

  test('find an accent that first appears far from the start', async () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `${at},plain words of row ${at}`);
    put('loin.csv', Buffer.from(`id,avis\n${lines.join('\n')}\n40001,c'est l'été ici\n`, 'latin1'));
    const { items, openings } = await read({ path: 'loin.csv' });
    expect(openings[0]!.charset).toBe('windows-1252');
    expect(items.at(-1)!.text).toBe("c'est l'été ici");
  });

  test('keep zero bytes', async () => {
    put('nul.csv', 'id;avis\n1;a\0b\n');
    expect((await read({ path: 'nul.csv' })).items[0]!.text).toBe('a\0b');
  });
});

describe('JSON', () => {
  test('is read wherever the list of records stands, each with its bytes', async () => {
    put(
      'api.json',
      '{"meta":{"n":2,"tags":["a"]},"data":{"results":[ {"id":1,"texte":"Un"} , {"id":2,"texte":"Deux"}]}}',
    );
    const { items, events } = await read({ path: 'api.json' });
    expect(items.map(({ id, text }) => [id, text])).toEqual([
      ['1', 'Un'],
      ['2', 'Deux'],
    ]);
    expect(events.find((event) => event.kind === 'record')).toMatchObject({
      bytes: Buffer.from('{"id":1,"texte":"Un"}'),
    });
  });

  test('of lists side by side is turned to records', async () => {
    put('colonnes.json', '{"id":[1,2],"texte":["Un","Deux été"]}');
    expect((await read({ path: 'colonnes.json' })).items.map((item) => item.text)).toEqual(['Un', 'Deux été']);
  });

  test('keeps long numbers and hostile keys as they are written', async () => {
    put('l.json', '[{"id":12345678901234567890,"texte":"Un","__proto__":{"polluted":1},"constructor":2}]');
    const [item] = (await read({ path: 'l.json' })).items;
    expect(item!.id).toBe('12345678901234567890');
    expect(item!.fields.map(([name]) => name)).toContain('__proto__');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('maps members of members', async () => {
    put('p.json', '[{"id":1,"properties":{"avis":"Bien plus long que le reste"}}]');
    expect((await read({ path: 'p.json', map: { text: 'properties.avis' } })).items[0]!.text).toMatch(/^Bien/);
  });

  test('that ends too early gives what came before, and a refusal', async () => {
    put('court.json', '[{"texte":"Un"},{"texte":"De');
    const { items, refusals, events } = await read({ path: 'court.json' });
    expect(items.map((item) => item.text)).toEqual(['Un']);
    expect(refusals).toEqual(['input-unreadable court.json after element 1']);
    expect(events.at(-1)!.kind).toBe('closing');
  });

  test('nested beyond reason is refused', async () => {
    put('deep.json', '['.repeat(100_000));
    expect((await read({ path: 'deep.json' })).refusals).toEqual(['input-too-large deep.json']);
  });

  test('keeps what commas separate, and refuses the nothing between two of them', async () => {
    put('virgules.json', '{"avis":[{"texte":"Un"},,{"texte":"Trois"},]}');
    const { items, refusals } = await read({ path: 'virgules.json' });
    expect(items.map((item) => item.text)).toEqual(['Un', 'Trois']);
    expect(refusals).toEqual(['input-unreadable virgules.json element 2', 'input-unreadable virgules.json element 4']);
    put('vide.json', '{"avis":[ ],"lignes":[{"texte":"Un","notes":[1, 2]}]}');
    expect(await read({ path: 'vide.json' })).toMatchObject({ refusals: [], items: [{ text: 'Un' }] });
  });

  test('in lines refuses bad lines by their number and goes on', async () => {
    put('l.jsonl', '{"texte":"Un"}\nnot json\n\n{"texte":"Trois"}\n');
    const { items, refusals } = await read({ path: 'l.jsonl' });
    expect(items.map((item) => item.text)).toEqual(['Un', 'Trois']);
    expect(refusals).toEqual(['input-unreadable l.jsonl line 2']);
  });

  test('in lines under a name that does not say so is read by lines', async () => {
    put('l.json', '{"texte":"Un"}\n{"texte":"Deux"}\n');
    expect((await read({ path: 'l.json' })).items).toHaveLength(2);
  });
});

describe('workbooks', () => {
  const SHEET = '<sheetData>{}</sheetData>';
  const members = (rows: string, shared = ''): Readonly<Record<string, string>> => ({
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="Avis" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet>${SHEET.replace('{}', () => rows)}</worksheet>`,
  });

  test('give rows, shared and inline strings, dates and leading zeros', async () => {
    const shared =
      '<si><t>Date</t></si><si><t>CP</t></si><si><r><t>A</t></r><r><t>vis</t></r></si><si><t>A &amp; B</t></si>';
    const rows = [
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>',
      '<row r="2"><c r="A2" s="1"><v>46084</v></c><c r="B2" s="2"><v>1000</v></c><c r="C2" t="s"><v>3</v></c></row>',
      '<row r="3"><c r="A3" s="3"><v>46084.5</v></c><c r="C3" t="inlineStr"><is><t>l’été</t></is></c></row>',
    ].join('');
    put('a.xlsx', zip(members(rows, shared)));
    const { items, openings } = await read({ path: 'a.xlsx' });
    expect(openings.map((opening) => opening.location)).toEqual(['a.xlsx#Avis']);
    expect(items.map((item) => item.fields.map(([, value]) => value))).toEqual([
      ['2026-03-03', '01000', 'A & B'],
      ['2026-03-03T12:00', '', 'l’été'],
    ]);
    expect(items[0]).toMatchObject({ publishedAt: '2026-03-03', territory: '01000', text: 'A & B' });
  });

  test('that unpack to far more than they are, are refused', async () => {
    const row = '<row><c t="inlineStr"><is><t>x</t></is></c></row>';
    put('bombe.xlsx', zip(members(row.repeat(2_000_000))));
    const { refusals, items } = await read({ path: 'bombe.xlsx' });
    expect(refusals).toEqual(['input-too-large bombe.xlsx']);
    expect(items).toEqual([]);
  });

  test('that are not workbooks are refused', async () => {
    put('faux.xlsx', 'id;avis\n1;Oui\n');
    put('tronque.xlsx', zip(members('')).subarray(0, 300));
    const { refusals } = await read({ path: ['faux.xlsx', 'tronque.xlsx'] });
    expect(refusals).toEqual(['input-unreadable faux.xlsx', 'input-unreadable tronque.xlsx']);
  });
});

test('Parquet gives its rows in order, columns and long numbers kept', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const target = join(root, "l'[avis]*.parquet").replaceAll("'", "''");
  await connection.run(
    `copy (select range + 9007199254740993 as id, 'Avis n° ' || range as avis, date '2026-03-01' as date from range(5000)) to '${target}' (format parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const { items, openings } = await read({ path: "l'[avis]*.parquet" });
  expect(openings[0]!.location).toBe("l'[avis]*.parquet");
  expect(items).toHaveLength(5000);
  expect(items[4999]).toMatchObject({ id: '9007199254745992', text: 'Avis n° 4999', publishedAt: '2026-03-01' });
});

test('Parquet that is broken is refused', async () => {
  put('casse.parquet', 'PAR1 and nothing else PAR1');
  expect((await read({ path: 'casse.parquet' })).refusals).toEqual(['input-unreadable casse.parquet']);
});

describe('documents', () => {
  test('are one record each, with their title', async () => {
    put('a.md', '# Le marché\n\nIl est cher.\n');
    put('b.html', '<html><head><title>La place</title></head><body><p>Elle ferme.</p></body></html>');
    put('c.txt', 'Bonjour.\n\nMerci ; au revoir.\n');
    const { items } = await read({ path: '.' });
    expect(items.map(({ title, textFormat }) => [title, textFormat])).toEqual([
      ['Le marché', 'markdown'],
      ['La place', 'page'],
      [null, 'plain'],
    ]);
  });

  test('that nothing can read are refused', async () => {
    put('image.png', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'));
    put('noise', Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 7) % 256)));
    expect((await read({ path: '.' })).refusals).toEqual(['input-unsupported image.png', 'input-unsupported noise']);
  });
});

describe('packed files', () => {
  test('in gzip are read as what they hold, and hashed as they are', async () => {
    const packed = gzipSync('id,avis\n1,Oui\n');
    put('avis.csv.gz', packed);
    const { items, events } = await read({ path: 'avis.csv.gz' });
    expect(items[0]!.text).toBe('Oui');
    const sha256 = createHash('sha256').update(packed).digest('hex');
    expect(events.at(-1)).toMatchObject({ kind: 'closing', sha256, sizeBytes: packed.length });
  });

  test('that unpack to far more than they are, are refused', async () => {
    put('bombe.csv.gz', gzipSync(Buffer.alloc(64 * 2 ** 20, 'a\n'), { level: 9 }));
    const { refusals, items } = await read({ path: 'bombe.csv.gz' });
    expect(refusals).toEqual(['input-too-large bombe.csv.gz']);
    expect(items).toEqual([]);
  });

  test('cut short keep what came before', async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `${at},${createHash('md5').update(`${at}`).digest('hex')}`);
    const packed = gzipSync(`id,avis\n${rows.join('\n')}\n`);
    put('court.csv.gz', packed.subarray(0, packed.length - 1000));
    const { items, refusals, events } = await read({ path: 'court.csv.gz' });
    expect(refusals).toEqual(['input-unreadable court.csv.gz']);
    expect(items.length).toBeGreaterThan(10_000);
    expect(events.at(-1)!.kind).toBe('closing');
  });

  test('in ZIP are files of a folder; none is written, whatever its name', async () => {
    put('envoi.zip', zip({ 'a.csv': 'id,avis\n1,Oui\n', '../../b.txt': 'Bonjour', '.cache/c.csv': 'x\n1\n' }));
    const { openings, refusals } = await read({ path: 'envoi.zip' });
    expect([...openings.map((opening) => opening.location), ...refusals]).toContain(
      refusals.length > 0 ? 'input-unreadable envoi.zip' : 'envoi.zip/a.csv',
    );
    put('bon.zip', zip({ 'a.csv': 'id,avis\n1,Oui\n', 'd/b.txt': 'Bonjour', '.cache/c.csv': 'x\n1\n' }));
    const good = await read({ path: 'bon.zip' });
    expect(good.openings.map((opening) => opening.location)).toEqual(['bon.zip/a.csv', 'bon.zip/d/b.txt']);
  });
});

describe('folders and patterns', () => {
  test('leave aside hidden files and links that lead outside', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'secret.csv'), 'id,avis\n1,secret\n');
    put('in/a.csv', 'id,avis\n1,Oui\n');
    put('in/.b.csv', 'id,avis\n1,Non\n');
    symlinkSync(join(outside, 'secret.csv'), join(root, 'in/lien.csv'));
    symlinkSync(outside, join(root, 'in/dossier'));
    symlinkSync(root, join(root, 'in/boucle'));
    const { openings } = await read({ path: 'in' });
    expect(openings.map((opening) => opening.location)).toEqual(['in/a.csv']);
    rmSync(outside, { recursive: true });
  });

  test('match names, and take a name with brackets for itself', async () => {
    put('in/a.csv', 'id,avis\n1,Oui\n');
    put('in/d/b.csv', 'id,avis\n1,Oui\n');
    put('in/[c].csv', 'id,avis\n1,Oui\n');
    const at = async (path: string) => (await read({ path })).openings.map((opening) => opening.location);
    expect(await at('in/*.csv')).toEqual(['in/[c].csv', 'in/a.csv']);
    expect(await at('**/*.csv')).toEqual(['in/[c].csv', 'in/a.csv', 'in/d/b.csv']);
    expect(await at('in/[c].csv')).toEqual(['in/[c].csv']);
  });

  test('that name nothing are refused, and the others are read', async () => {
    put('a.csv', 'id,avis\n1,Oui\n');
    const { items, refusals } = await read({ path: ['absent.csv', 'a.csv'] });
    expect(refusals).toEqual(['input-missing absent.csv']);
    expect(items).toHaveLength(1);
  });
});

describe('a file collected before', () => {
  test('is no new snapshot when only its date changed, and one when its bytes or its settings did', async () => {
    const states = new Map<string, Json>();
    put('a.csv', 'id,avis\n1,Oui\n');
    expect((await read({ path: 'a.csv' }, states)).openings).toHaveLength(1);
    utimesSync(join(root, 'a.csv'), 1_600_000_000, 1_600_000_000);
    expect((await read({ path: 'a.csv' }, states)).events.map((event) => event.kind)).toEqual(['state']);
    expect((await read({ path: 'a.csv' }, states)).events).toEqual([]);
    expect((await read({ path: 'a.csv', map: { text: 'id' } }, states)).openings).toHaveLength(1);
    put('a.csv', 'id,avis\n1,Oui\n2,Non\n');
    expect((await read({ path: 'a.csv' }, states)).items).toHaveLength(2);
  });
});
