import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collecting } from '../../../test/collecting.ts';
import { zip } from '../../../test/zip.ts';
import type { Item } from '../../model/item.ts';
import type { Json } from '../../model/json.ts';
import mail from './mail.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mail-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

const read = (config: object, states = new Map<string, Json>()) => collecting(mail, config, { root, states });
const recordsOf = ({ events }: Awaited<ReturnType<typeof read>>) => events.filter((event) => event.kind === 'record');
const codes = (item: Item | undefined) => item?.findings.map(({ code }) => code);

const HEADERS = `From: =?iso-8859-1?Q?H=E9l=E8ne?= Vasseur <Helene.Vasseur@courriel.example>
To: mairie@val-clair.example
Date: Tue, 3 Mar 2026 10:12:00 +0100
Subject: =?utf-8?B?w4ljbGFpcmFnZQ==?=
Message-ID: <lampadaire-1@courriel.example>
MIME-Version: 1.0
`;

interface Part {
  readonly type: string;
  readonly name?: string;
  readonly content: string | Uint8Array;
}

/** A message of several parts, each in base64. */
function mixed(parts: readonly Part[], more = ''): string {
  const bodies = parts.map(({ type, name, content }) => {
    const disposition = name === undefined ? '' : `Content-Disposition: attachment; filename="${name}"\n`;
    const packed = Buffer.from(content as Uint8Array)
      .toString('base64')
      .replace(/.{76}/g, '$&\n');
    return `--limite\nContent-Type: ${type}\n${disposition}Content-Transfer-Encoding: base64\n\n${packed}\n`;
  });
  return `${HEADERS}${more}Content-Type: multipart/mixed; boundary=limite\n\n${bodies.join('')}--limite--\n`;
}

describe('a message', () => {
  test('is its own words, who wrote it, when, and its bytes as they are', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADERS}Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n`),
      Buffer.from(
        'Le lampadaire est éteint.\n\nLe 2/3/2026 à 09:00, Mairie a écrit :\n> Bonjour.\n-- \nHélène\n',
        'latin1',
      ),
    ]);
    put('plaintes/a.eml', bytes);
    const result = await read({ path: 'plaintes' });
    expect(result.openings).toMatchObject([
      { location: 'plaintes/a.eml', mediaType: 'message/rfc822', charset: null, context: { format: 'eml' } },
    ]);
    expect(recordsOf(result)).toEqual([{ kind: 'record', bytes, key: 'lampadaire-1@courriel.example' }]);
    expect(result.items[0]).toEqual({
      id: 'lampadaire-1@courriel.example',
      title: 'Éclairage',
      text: 'Le lampadaire est éteint.',
      textFormat: 'plain',
      url: null,
      authors: ['Hélène Vasseur'],
      participant: 'helene.vasseur@courriel.example',
      publishedAt: '2026-03-03T09:12:00.000Z',
      territory: null,
      fields: [
        ['Date', '2026-03-03T09:12:00.000Z'],
        ['From', 'Hélène Vasseur <Helene.Vasseur@courriel.example>'],
        ['To', 'mairie@val-clair.example'],
        ['Cc', ''],
        ['Subject', 'Éclairage'],
        ['Message-ID', 'lampadaire-1@courriel.example'],
        ['In-Reply-To', ''],
        ['Attachments', ''],
      ],
      findings: [
        { code: 'mail-history-removed', at: 'text', evidence: '2 lines' },
        { code: 'mail-signature-removed', at: 'text', evidence: '2 lines' },
      ],
    });
    const kept = await read({ path: 'plaintes', history: 'keep' });
    expect(kept.items[0]!.text).toContain('> Bonjour.');
    expect(kept.items[0]!.findings).toEqual([]);
  });

  test('of two writings is read as text; of HTML alone, as HTML', async () => {
    const alternative = (parts: string) =>
      `${HEADERS}Content-Type: multipart/alternative; boundary=ou\n\n${parts}--ou--\n`;
    const text = '--ou\nContent-Type: text/plain; charset=utf-8\n\nEn texte.\n';
    const html =
      '--ou\nContent-Type: text/html; charset=utf-8\n\n<p>En <b>page</b>.</p><div class="gmail_quote">Avant.</div>\n';
    put('deux.eml', alternative(text + html));
    put('page.eml', alternative(html));
    const [two, page] = (await read({ path: ['deux.eml', 'page.eml'] })).items;
    expect(two).toMatchObject({ text: 'En texte.', textFormat: 'plain' });
    expect(page).toMatchObject({ textFormat: 'html', text: expect.stringContaining('<p>En <b>page</b>.</p>') });
    expect(page!.text).not.toContain('Avant.');
    expect(codes(page)).toEqual(['mail-history-removed']);
  });

  test('that nobody wrote by hand says so, and what is attached to it is left', async () => {
    put('absence.eml', `${HEADERS}Auto-Submitted: auto-replied\n\nJe suis absente.\n`);
    put('lettre.eml', `${HEADERS}Precedence: bulk\n\nNotre lettre.\n`);
    put('humain.eml', `${HEADERS}Auto-Submitted: no\n\nBonjour.\n`);
    const rebound = mixed([
      { type: 'text/plain', content: 'Refusé.' },
      { type: 'message/rfc822', content: 'Subject: x\n\ny' },
    ]);
    put('rebond.eml', rebound.replace('multipart/mixed', 'multipart/report; report-type=delivery-status'));
    const { items } = await read({ path: ['absence.eml', 'lettre.eml', 'humain.eml', 'rebond.eml'] });
    expect(items).toHaveLength(4);
    expect(items.map((item) => item.findings.find(({ code }) => code === 'mail-automatic')?.evidence ?? null)).toEqual([
      'auto-submitted',
      'precedence',
      null,
      'multipart/report',
    ]);
  });
});

describe('attachments', () => {
  const csv = Buffer.from('Rue;Problème\nTilleuls;éclairage\n', 'latin1');
  const inner =
    'From: Autre <autre@courriel.example>\nSubject: Plus ancien\nMessage-ID: <ancien@courriel.example>\n\nUn mot joint.\n';
  const workbook = zip({
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="Avis" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml':
      '<worksheet><sheetData><row><c t="inlineStr"><is><t>Rue</t></is></c><c t="inlineStr"><is><t>Tilleuls</t></is></c></row></sheetData></worksheet>',
  });
  const pdf = readFileSync(
    resolve(import.meta.dirname, '../../../test/fixtures/pdf/comptes-rendus/conseil-municipal.pdf'),
  );

  test('that can be read are documents of their own: the same bytes, under a key of theirs', async () => {
    put(
      'a.eml',
      mixed([
        { type: 'text/plain; charset=utf-8', content: 'Voir pièces jointes.' },
        { type: 'image/png', name: 'photo.png', content: 'PNG' },
        { type: 'application/vnd.ms-excel', name: 'rues.csv', content: csv },
        { type: 'application/octet-stream', name: 'rues.xlsx', content: workbook },
        { type: 'application/pdf', name: 'conseil.pdf', content: pdf },
        { type: 'text/html', name: 'page.html', content: '<p>Une page</p>' },
        { type: 'application/json', name: 'avis.json', content: '{"avis": "Oui"}' },
        { type: 'message/rfc822', name: 'ancien.eml', content: inner },
      ]),
    );
    const result = await read({ path: 'a.eml' });
    const key = 'lampadaire-1@courriel.example';
    expect(recordsOf(result).map((record) => record.key)).toEqual([
      key,
      ...[2, 3, 4, 5, 6, 7].map((number) => `${key}#attachment-${number}`),
    ]);
    expect(new Set(recordsOf(result).map(({ bytes }) => bytes)).size).toBe(1);
    const [message, table, sheet, report, page, json, older] = result.items;
    expect(message).toMatchObject({ text: 'Voir pièces jointes.' });
    expect(message!.findings).toEqual([{ code: 'attachment-unread', at: 'attachments', evidence: '1: image/png' }]);
    expect(message!.fields.at(-1)![1]).toContain('photo.png (image/png, 3); rues.csv (application/vnd.ms-excel, 32)');
    expect(table).toMatchObject({
      id: `${key}#attachment-2`,
      title: 'rues.csv',
      text: 'Rue;Problème\nTilleuls;éclairage\n',
      textFormat: 'plain',
      participant: 'helene.vasseur@courriel.example',
      publishedAt: '2026-03-03T09:12:00.000Z',
      fields: [
        ['Attachment', 'rues.csv'],
        ['Type', 'application/vnd.ms-excel'],
        ['Message-ID', key],
      ],
    });
    expect(codes(table)).toEqual(['encoding-guessed']);
    expect(sheet!.text).toBe('Rue\tTilleuls\n');
    expect(report!.text.length).toBeGreaterThan(100);
    expect(page).toMatchObject({ text: '<p>Une page</p>', textFormat: 'html' });
    expect(json!.text).toBe('{"avis": "Oui"}');
    expect(older).toMatchObject({ title: 'Plus ancien', text: 'Un mot joint.', participant: 'autre@courriel.example' });
    expect(recordsOf(await read({ path: 'a.eml', attachments: false }))).toHaveLength(1);
  });

  test('that are not what they say are items without text, and say so', async () => {
    put(
      'a.eml',
      mixed([
        { type: 'application/pdf', name: 'faux.pdf', content: 'pas un PDF' },
        { type: 'application/octet-stream', name: 'faux.xlsx', content: 'pas un classeur' },
      ]),
    );
    const { items } = await read({ path: 'a.eml' });
    expect(items.slice(1).map(({ text, findings }) => [text, findings[0]!.code])).toEqual([
      ['', 'attachment-unread'],
      ['', 'attachment-unread'],
    ]);
  });

  test('cannot be passed for by the name of a message', async () => {
    put(
      'a.eml',
      `${HEADERS.replace('lampadaire-1', 'x#attachment-1').replace('@courriel.example>\nMIME', '#attachment-1>\nMIME')}\nBonjour.`,
    );
    const { items, ...result } = await read({ path: 'a.eml' });
    expect(recordsOf({ items, ...result })[0]!.key).toBe('x%23attachment-1%23attachment-1');
    expect(items[0]!.text).toBe('Bonjour.');
  });
});

describe('files of messages', () => {
  const letter = (subject: string, body: string) =>
    `From: a@courriel.example\nSubject: ${subject}\nMessage-ID: <${subject}@x>\n\n${body}\n`;

  test('that hold many are split where each begins, across chunks and quoted lines', async () => {
    const long = 'Une ligne parmi d’autres.\n'.repeat(40_000);
    const bodies = [
      'Court.',
      `${long}>From ici, rien ne va.\n>>From là non plus.`,
      'From ne commence pas un message sans ligne blanche.',
      'Fin.',
    ];
    const text = bodies.map((body, at) => `From x@y Tue Mar  3 10:00:00 2026\n${letter(`n${at}`, body)}\n`).join('');
    for (const [name, content] of [
      ['boite.mbox', text],
      ['windows.mbox', text.replaceAll('\n', '\r\n')],
    ] as const) {
      put(name, content);
      const result = await read({ path: name, history: 'keep' });
      expect(result.openings).toMatchObject([{ location: name, mediaType: 'application/mbox' }]);
      expect(result.items.map(({ title }) => title)).toEqual(['n0', 'n1', 'n2', 'n3']);
      expect(result.items[1]!.text.trimEnd().split('\n').slice(-2)).toEqual([
        'From ici, rien ne va.',
        '>From là non plus.',
      ]);
      expect(result.items[2]!.text.trimEnd()).toBe(bodies[2]);
      expect(Buffer.from(recordsOf(result)[0]!.bytes).toString().replaceAll('\r', '')).toBe(letter('n0', 'Court.'));
    }
  });

  test('that did not change are not read again', async () => {
    put('boite/un.eml', letter('un', 'Un.'));
    put('boite/deux', letter('deux', 'Deux, comme dans un dossier Maildir.'));
    const states = new Map<string, Json>();
    expect((await read({ path: 'boite' }, states)).items.map(({ title }) => title)).toEqual(['deux', 'un']);
    expect((await read({ path: 'boite' }, states)).events).toEqual([]);
    put('boite/trois.eml', letter('trois', 'Trois.'));
    expect((await read({ path: 'boite' }, states)).items.map(({ title }) => title)).toEqual(['trois']);
  });

  test('that are none, or too long, are refused; the others are read', async () => {
    put('boite/notes.txt', 'Une note : rien qui soit un message.');
    put('boite/outlook.msg', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    put('boite/bon.eml', letter('bon', 'Bon.'));
    put('boite/long.eml', letter('long', 'x'.repeat(5000)));
    put('boite/z.mbox', ['a', 'b'.repeat(5000), 'c'].map((body, at) => `From x\n${letter(`m${at}`, body)}\n`).join(''));
    const { items, refusals } = await read({ path: ['boite', 'absent'], maximumMessageBytes: 2000 });
    expect(items.map(({ title }) => title)).toEqual(['bon', 'm0', 'm2']);
    expect(refusals).toEqual([
      'input-too-large boite/long.eml',
      'input-unsupported boite/notes.txt',
      'input-unsupported boite/outlook.msg',
      'input-too-large boite/z.mbox message 2',
      'input-missing absent',
    ]);
  });
});

describe('hostile messages', () => {
  const config = mail.config.parse({ path: 'a.eml' });
  const from = { location: 'a.eml', charset: null, context: { format: 'eml' }, mediaType: 'message/rfc822' };
  const nested = (depth: number) => {
    let text = HEADERS;
    for (let level = 0; level < depth; level += 1)
      text += `Content-Type: multipart/mixed; boundary="n${level}"\n\n--n${level}\n`;
    return `${text}Content-Type: text/plain\n\nAu fond.\n`;
  };

  test.each([
    ['nested a thousand times', nested(1000)],
    ['messages within messages', HEADERS + 'Content-Type: message/rfc822\n\n'.repeat(2000)],
    [
      'a hundred thousand parts',
      `${HEADERS}Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(100_000)}`,
    ],
    ['a header of a megabyte', `Subject: ${'x'.repeat(1_000_000)}\n${HEADERS}\nBonjour.`],
    ['a million headers', `${'A: b\n'.repeat(300_000)}\nBonjour.`],
    ['quoted words without end', `${HEADERS}Subject: ${'=?utf-8?Q?=41'.repeat(20_000)}\n\nBonjour.`],
    [
      'boundaries that look alike',
      `${HEADERS}Content-Type: multipart/mixed; boundary="${'-'.repeat(60)}"\n\n${`${'-'.repeat(61)}\n`.repeat(50_000)}`,
    ],
    ['a sender of a megabyte', `From: ${'"a" <a@b>, '.repeat(50_000)}\n\nBonjour.`],
    ['a page nested without end', `${HEADERS}Content-Type: text/html\n\n${'<blockquote type=cite>'.repeat(100_000)}`],
    ['nothing', ''],
  ])('%s are read, or told to be unreadable, within five seconds', async (_, text) => {
    const startedAt = performance.now();
    const item = await mail.read(Buffer.from(text), { ...from, key: null }, config);
    expect(typeof item.text).toBe('string');
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test('keep their headers where the rest is beyond the limits', async () => {
    const item = await mail.read(Buffer.from(nested(1000)), { ...from, key: null }, config);
    expect(item).toMatchObject({ title: 'Éclairage', text: '', participant: 'helene.vasseur@courriel.example' });
    expect(codes(item)).toEqual(['mail-malformed']);
  });

  test('whatever they are, never throw, as a message or as an attachment', async () => {
    const pieces = fc.array(
      fc.constantFrom(
        'From: a@b\n',
        'Content-Type: multipart/mixed; boundary=b\n',
        'Content-Type: text/html; charset=utf-7\n',
        'Content-Transfer-Encoding: quoted-printable\n',
        'Content-Transfer-Encoding: base64\n',
        "Content-Disposition: attachment; filename*=utf-8''a%FF.pdf\n",
        'Date: hier\n',
        '\n',
        '--b\n',
        '--b--\n',
        '=C3=\n',
        '> cité\n',
        'De : x\n',
        '<div class="gmail_quote">',
        '\u0000\ufffd é\n',
      ),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(
        pieces,
        fc.constantFrom(null, 'k', 'k#attachment-1', 'k#attachment-99999'),
        async (lines, key) => {
          const item = await mail.read(Buffer.from(lines.join('')), { ...from, key }, config);
          expect(typeof item.text).toBe('string');
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('settings', () => {
  const server = { mailbox: 'imaps://courrier.example/INBOX', user: 'a', password: `\${MOT}` };
  test.each([
    ['neither files nor mailbox', {}],
    ['both', { ...server, path: 'a' }],
    ['a mailbox without account', { mailbox: server.mailbox }],
    ['a password written out', { ...server, password: 'secret' }],
    ['a password in the address', { ...server, mailbox: 'imaps://a:b@courrier.example/INBOX' }],
    ['a mailbox without folder', { ...server, mailbox: 'imaps://courrier.example' }],
    ['another kind of server', { ...server, mailbox: 'pop3://courrier.example/INBOX' }],
    ['an account for files', { path: 'a', user: 'a' }],
  ])('with %s are refused', (_, config) => {
    expect(mail.config.safeParse(config).success).toBe(false);
  });

  test('decide whether messages are added or stand for the file', () => {
    const succession = mail.snapshots as (config: unknown) => string;
    expect(succession(mail.config.parse({ path: 'a' }))).toBe('replace');
    expect(succession(mail.config.parse(server))).toBe('append');
  });
});
