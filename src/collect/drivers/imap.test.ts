import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collecting } from '../../../test/collecting.ts';
import { type Dovecot, dovecotMissing, startDovecot } from '../../../test/services/dovecot.ts';
import type { Json } from '../../model/json.ts';
import mail from '../collectors/mail.ts';

const missing = dovecotMissing();

describe.skipIf(missing !== null)(`Dovecot${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: Dovecot;
  let root = '';
  let home = '';

  beforeAll(async () => {
    server = await startDovecot();
    root = mkdtempSync(join(tmpdir(), 'mail-'));
    writeFileSync(join(root, 'mot-de-passe'), 'secret-guichet\n');
    writeFileSync(join(root, 'faux'), 'autre\n');
    writeFileSync(join(root, 'autorite.pem'), server.authority);
    home = `imap://localhost:${server.port}`;
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const settings = (more: object) => ({ user: 'guichet', password: 'file:mot-de-passe', ...more });
  const read = (mailbox: string, more: object = {}, states = new Map<string, Json>()) =>
    collecting(mail, settings({ mailbox, ...more }), { root, allow: [mailbox], states });
  const keysOf = ({ events }: Awaited<ReturnType<typeof read>>) =>
    events.flatMap((event) => (event.kind === 'record' ? [event.key] : []));

  /** Does something in the mailbox as its owner. */
  async function owner<Answer>(work: (client: ImapFlow) => Promise<Answer>): Promise<Answer> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: server.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user: 'guichet', pass: 'secret-guichet' },
      logger: false,
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }

  const message = (subject: string, text: string) =>
    `From: Usager <usager@courriel.example>\r\nTo: mairie@val-clair.example\r\nDate: Tue, 3 Mar 2026 10:00:00 +0100\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@courriel.example>\r\n\r\n${text}\r\n`;
  const fill = (folder: string, ...messages: readonly string[]) =>
    owner(async (client) => {
      await client.mailboxCreate(folder).catch(() => undefined);
      for (const source of messages) await client.append(folder, source);
    });

  test('a folder is read byte for byte, then only what came since; nothing is marked as seen', async () => {
    const sources = ['bus', 'cantine', 'voirie'].map((subject) =>
      message(subject, `Une plainte au sujet de : ${subject}.`),
    );
    await fill('Plaintes', ...sources);
    const states = new Map<string, Json>();
    const first = await read(`${home}/Plaintes`, {}, states);
    const records = first.events.filter((event) => event.kind === 'record');
    expect(records.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(sources);
    expect(keysOf(first)).toEqual([1, 2, 3].map((uid) => expect.stringMatching(new RegExp(`^\\d+\\.${uid}$`))));
    expect(first.openings).toMatchObject([{ location: `${home}/Plaintes`, mediaType: 'message/rfc822' }]);
    expect(first.items[0]).toMatchObject({
      id: 'bus@courriel.example',
      title: 'bus',
      text: 'Une plainte au sujet de : bus.',
      authors: ['Usager'],
      participant: 'usager@courriel.example',
      publishedAt: '2026-03-03T09:00:00.000Z',
    });
    expect((await read(`${home}/Plaintes`, {}, states)).events).toEqual([]);
    await fill('Plaintes', message('parc', 'Une plainte de plus, sur le parc.'));
    expect((await read(`${home}/Plaintes`, {}, states)).items.map(({ title }) => title)).toEqual(['parc']);
    const flags = await owner(async (client) => {
      await client.mailboxOpen('Plaintes', { readOnly: true });
      return (await client.fetchAll('1:*', { flags: true })).map((found) => [...(found.flags ?? [])]);
    });
    expect(flags.flat()).not.toContain('\\Seen');
  });

  test('a folder made anew under the same name is read from its start', async () => {
    await fill('Recréé', message('un', 'Premier.'), message('deux', 'Deuxième.'));
    const states = new Map<string, Json>();
    expect((await read(`${home}/${encodeURIComponent('Recréé')}`, {}, states)).items).toHaveLength(2);
    await owner((client) => client.mailboxDelete('Recréé'));
    // UIDVALIDITY is made of the second.
    await expect
      .poll(
        async () => {
          await owner((client) => client.mailboxDelete('Recréé').catch(() => undefined));
          await fill('Recréé', message('trois', 'Troisième.'));
          return (await read(`${home}/${encodeURIComponent('Recréé')}`, {}, new Map(states))).items.map(
            ({ title }) => title,
          );
        },
        { timeout: 10_000, interval: 500 },
      )
      .toEqual(['trois']);
  });

  test('a message that is too long is refused by its number, the others are read', async () => {
    await fill(
      'Gros',
      message('petit', 'Court.'),
      message('gros', 'x'.repeat(50_000)),
      message('autre', 'Court aussi.'),
    );
    const { refusals, items } = await read(`${home}/Gros`, { maximumMessageBytes: 10_000 });
    expect(refusals).toEqual([`input-too-large ${home}/Gros message 2`]);
    expect(items.map(({ title }) => title)).toEqual(['petit', 'autre']);
  });

  test('many messages come in order, some at a time', async () => {
    await owner(async (client) => {
      await client.mailboxCreate('Nombreux');
      for (let number = 1; number <= 230; number += 1) {
        await client.append('Nombreux', message(`numero-${number}`, 'y'.repeat(100_000)));
      }
    });
    const { items } = await read(`${home}/Nombreux`);
    expect(items.map(({ title }) => title)).toEqual(Array.from({ length: 230 }, (_, at) => `numero-${at + 1}`));
  });

  test('what came before a day is left out where the settings say so', async () => {
    await owner(async (client) => {
      await client.mailboxCreate('Ancien');
      await client.append('Ancien', message('vieux', 'Ancien.'), [], new Date('2019-05-01T12:00:00Z'));
      await client.append('Ancien', message('neuf', 'Récent.'), [], new Date('2026-02-01T12:00:00Z'));
    });
    expect((await read(`${home}/Ancien`, { since: '2026-01-01' })).items.map(({ title }) => title)).toEqual(['neuf']);
  });

  test('what is wrong on the way is told apart', async () => {
    await expect(read(`${home}/INBOX`, { password: 'file:faux' })).rejects.toMatchObject({
      code: 'remote-refused',
      message: expect.stringContaining('refused the account `guichet`'),
    });
    await expect(read(`${home}/Plainte`)).rejects.toMatchObject({
      code: 'remote-refused',
      message: expect.stringContaining('did you mean `Plaintes`?'),
    });
    await expect(read('imap://localhost:1/INBOX')).rejects.toMatchObject({
      code: 'remote-unavailable',
      retryable: true,
    });
  });

  test('TLS is used and checked where the settings say so', async () => {
    const secure = `imaps://localhost:${server.tlsPort}/Plaintes`;
    expect((await read(secure, { ca: 'autorite.pem' })).items).not.toEqual([]);
    await expect(read(secure)).rejects.toMatchObject({
      message: expect.stringContaining('no TLS that can be trusted'),
    });
    expect((await read(secure, { tls: 'require' })).items).not.toEqual([]);
    expect((await read(`${home}/Plaintes`, { tls: 'verify', ca: 'autorite.pem' })).items).not.toEqual([]);
    await expect(read(`imaps://127.0.0.1:${server.tlsPort}/Plaintes`, { ca: 'autorite.pem' })).rejects.toMatchObject({
      code: 'remote-refused',
    });
  });
});
