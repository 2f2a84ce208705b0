import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabaseUrl } from '../../test/database.ts';
import type { JsonObject } from '../model/json.ts';
import { verifyActs } from '../store/acts.ts';
import { readAttempts, readSourceFacts } from '../store/source-health.ts';
import { openApp } from './app.ts';
import type { Preview, SourceDesk, SourceDraft } from './desk.ts';
import { runJourney } from './journey.ts';
import { loadCollectors } from './plugins.ts';
import { openProject } from './project.ts';
import { readSettingsText, replaceSettingsText } from './settings-file.ts';
import { openSourceDesk } from './source-desk.ts';
import { collectBriefly } from './source-trial.ts';
import type { WriterOptions } from './source-writer.ts';

const BY = 'person:abcdefghijkl';
const NOW = '2026-05-12T08:00:00Z';
const LEGAL = {
  licence: 'lov2',
  purpose: 'analyser la concertation',
  legalBasis: "mission d'intérêt public",
  retention: '3 years',
  approver: 'La déléguée à la protection des données, 4 mai 2026',
};

/** Semicolons, windows-1252, a blank line, a ragged row, people's data. */
const MESSY = [
  'N°;Déposé le;Nom;Courriel;Code postal;Votre contribution',
  '1;03/05/2026;Camille Durand;camille.durand@exemple.fr;38000;La ligne 7 est bondée chaque matin, rappelez-moi au 06 12 34 56 78.',
  '2;04/05/2026;Ali Benali;;38100;"Les trottoirs ; surtout devant l’école, sont trop étroits."',
  '',
  '3;05/05/2026;;j.petit@exemple.fr;38000;Merci pour la piscine rénovée !;en trop',
].join('\r\n');

/** Node writes no windows-1252: what it shares with latin-1, and the apostrophe that it does not. */
const windows1252 = (text: string) => Buffer.from(text.replaceAll('’', '\u0092'), 'latin1');

async function open(settings = '', options: Partial<WriterOptions> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'datasens-desk-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, 'inputs/mai'), { recursive: true });
  await writeFile(join(root, 'inputs/avis.csv'), windows1252(MESSY));
  const text = `# Réglages
organisation: Val-Clair
store: { database: "${await testDatabaseUrl()}" }
sources:
  presse: # la presse
    collector: rss
    with: { feeds: [inputs/presse.rss] }
    licence: lov2
    purpose: suivre
    legalBasis: intérêt légitime
    retention: 18 months
${settings}`;
  await writeFile(join(root, 'datasens.yaml'), text, { mode: 0o640 });
  const time = { now: NOW };
  const app = await openApp(openProject(root), {
    signal: new AbortController().signal,
    clock: () => new Date(time.now),
  });
  onTestFinished(() => app.close());
  const collectors = await loadCollectors();
  return { root, app, time, desk: openSourceDesk(app, { collectors, ...options }) };
}

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const never = new AbortController().signal;
const draft = (given: Partial<SourceDraft> = {}): SourceDraft => ({
  collector: 'file',
  with: { path: 'inputs/avis.csv' },
  ...LEGAL,
  ...given,
});

async function saved(desk: SourceDesk, name: string, given: Partial<SourceDraft> = {}): Promise<void> {
  const { etag } = await desk.list();
  expect(await desk.save(name, draft(given), { etag, isNew: true, by: BY })).toMatchObject({ kind: 'saved' });
}

test('the catalogue is what collectors say of themselves, and inputs are the files of the project', async () => {
  const { desk, root } = await open();
  await writeFile(join(root, 'inputs/mai/a.txt'), 'a');
  await writeFile(join(root, 'inputs/.cache'), 'hidden');
  const { collectors, licences } = await desk.catalogue();
  expect(collectors.map(({ name }) => name)).toEqual(expect.arrayContaining(['file', 'rss']));
  const file = collectors.find(({ name }) => name === 'file')!;
  expect(file).toMatchObject({ local: true, schema: { type: 'object', required: ['path'] } });
  for (const collector of collectors) expect(collector.title.fr).not.toBe('');
  expect(licences.find(({ id }) => id === 'lov2')?.reuse).toBe(true);
  expect((await desk.inputs()).map(({ path }) => path)).toEqual(['inputs/avis.csv', 'inputs/mai/a.txt']);
});

test('a preview shows how a messy table is read, and nobody in it', async () => {
  const { desk, app } = await open();
  const preview = (await desk.preview(draft(), never)) as Preview;
  expect(preview).toMatchObject({ kind: 'read', format: 'csv', delimiter: ';', charset: 'windows-1252', records: 3 });
  expect(preview.columns.map(({ name }) => name)).toEqual([
    'N°',
    'Déposé le',
    'Nom',
    'Courriel',
    'Code postal',
    'Votre contribution',
    expect.any(String),
  ]);
  expect(preview.mapping).toMatchObject({
    text: ['Votre contribution'],
    date: ['Déposé le'],
    author: ['Nom'],
    territory: ['Code postal'],
  });
  const personal = Object.fromEntries(preview.columns.map((column) => [column.name, column.personal]));
  expect(personal).toMatchObject({ Nom: { person: 2 }, Courriel: { email: 2 }, 'Votre contribution': { phone: 1 } });
  expect(preview.personal).toEqual({ person: 2, email: 2, phone: 1 });
  expect(preview.documents[1]).toMatchObject({ language: 'fr', published: '2026-05-04', department: '38' });
  expect(preview.findings).toMatchObject({ 'row-ragged': 1 });
  const shown = JSON.stringify(preview);
  for (const words of ['Durand', 'Benali', 'camille.durand', 'j.petit', '06 12']) expect(shown).not.toContain(words);
  expect(shown).toContain('[COURRIEL 1]');
  const kept = await app.database.transaction((tx) => readSourceFacts(tx, ['avis', 'presse']));
  expect(kept.map(({ records }) => records)).toEqual([0, 0]);
});

test('a preview of an API asks its host alone, with the secret that the settings name', async () => {
  const { desk, root } = await open();
  await writeFile(join(root, 'jeton'), 'un-secret\n');
  const asked: string[] = [];
  const url = await listen((request, response) => {
    asked.push(`${request.headers.authorization} ${request.headers['user-agent']?.startsWith('DataSens/')}`);
    const data = [{ id: 1, texte: 'Écrivez à luc.morel@exemple.fr pour la navette du soir.', le: '2026-05-03' }];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  });
  const config = {
    url: `${url}/avis`,
    items: 'data',
    headers: { authorization: 'file:jeton' },
    map: { id: '$string(id)', text: 'texte', date: 'le' },
  };
  const preview = (await desk.preview({ collector: 'rest', with: config }, never)) as Preview;
  expect(preview).toMatchObject({ kind: 'read', records: 1, refusals: [], personal: { email: 1 } });
  expect(preview.documents).toMatchObject([
    { excerpt: 'Écrivez à [COURRIEL 1] pour la navette du soir.', language: 'fr' },
  ]);
  expect(asked).toEqual(['un-secret true']);
});

test('what was found may be corrected', async () => {
  const { desk } = await open();
  const read = async (config: JsonObject) =>
    (await desk.preview(draft({ with: { path: 'inputs/avis.csv', ...config } }), never)) as Preview;
  const corrected = await read({ encoding: 'iso-8859-15', delimiter: ',' });
  expect(corrected).toMatchObject({ charset: 'iso-8859-15', delimiter: ',' });
  expect(await read({ map: { text: 'Nom', title: 'Votre contribution' } })).toMatchObject({
    mapping: { text: ['Nom'], title: ['Votre contribution'] },
  });
  const { refusals, records } = await read({ map: { text: 'Avis' } });
  expect(records).toBe(0);
  expect(refusals).toMatchObject([{ code: 'input-unreadable', message: expect.stringContaining('no column `Avis`') }]);
});

test('a test reaches the place, or says why not', async () => {
  const { desk } = await open();
  expect(await desk.test(draft(), never)).toMatchObject({ kind: 'answered', records: 1, location: 'inputs/avis.csv' });
  const missing = { collector: 'file', with: { path: 'inputs/absent.csv' } };
  expect(await desk.test(missing, never)).toMatchObject({ kind: 'failed', code: 'input-missing' });
  const moved = await listen((_request, response) => response.writeHead(404).end());
  const rss = (url: string) => desk.test({ collector: 'rss', with: { feeds: [url] } }, never);
  expect(await rss(`${moved}/flux`)).toMatchObject({ kind: 'failed', code: 'remote-refused' });
  const elsewhere = await listen((_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  );
  expect(await rss(`${elsewhere}/flux`)).toMatchObject({ kind: 'failed', code: 'egress-refused' });
});

test('a place that never answers is left at the limit, and by whoever stops waiting', async () => {
  const { root } = await open();
  const url = await listen(() => undefined);
  const collector = (await loadCollectors()).get('rss')!;
  const settings = { feeds: [`${url}/flux`] };
  const trial = {
    collector,
    settings,
    config: collector.config.parse(settings),
    root,
    contact: null,
    clock: () => new Date(NOW),
  };
  expect(await collectBriefly({ ...trial, signal: never, limitMs: 300 }, () => true)).toBe(false);
  const left = AbortSignal.timeout(200);
  await expect(collectBriefly({ ...trial, signal: left, limitMs: 20_000 }, () => true)).rejects.toThrow();
});

test('what is wrong with a draft is said by field, all at once, with its line', async () => {
  const { desk, root } = await open();
  const before = await readFile(join(root, 'datasens.yaml'), 'utf8');
  const { etag } = await desk.list();
  const bad = draft({ with: { chemin: 'x' }, licence: 'lov3', retention: 'longtemps', approver: ' ', purpose: '' });
  const result = await desk.save('avis', bad, { etag, isNew: true, by: BY });
  if (result.kind !== 'invalid') throw new Error('expected problems');
  expect(Object.fromEntries(result.problems.map(({ field, code }) => [field, code]))).toEqual({
    '/with/path': 'missing',
    '/with/chemin': 'unknown',
    '/licence': 'licence',
    '/retention': 'retention',
    '/approver': 'approver',
    '/purpose': 'missing',
  });
  for (const { line } of result.problems) expect(line).toBeGreaterThan(11);
  expect(await readFile(join(root, 'datasens.yaml'), 'utf8')).toBe(before);
});

test('secrets in clear, and paths out of the project, are refused with what to do instead', async () => {
  const { desk } = await open();
  const tried = async (config: SourceDraft['with']) => {
    const result = await desk.test({ collector: 'rss', with: config }, never);
    return result.kind === 'invalid' ? result.problems.map(({ code, field }) => `${code} ${field}`) : [result.kind];
  };
  expect(await tried({ feeds: ['https://agent:motdepasse@exemple.fr/rss'] })).toEqual(['secret /with/feeds/0']);
  expect(await tried({ feeds: ['inputs/presse.rss'], apiToken: 'abc' })).toContain('secret /with/apiToken');
  expect(await tried({ feeds: ['inputs/presse.rss'], apiKey: 'abc' })).toContain('secret /with/apiKey');
  expect(await tried({ feeds: ['inputs/presse.rss'], key: 'sk-live-4f9c2b7a8d1e6f3a' })).toContain('secret /with/key');
  const named = '$' + '{JETON}';
  const referring: readonly JsonObject[] = [
    { apiToken: named },
    { headers: { Authorization: `Bearer ${named}` } },
    { key: 'identifiant_de_la_reponse_2026' },
  ];
  for (const config of referring) {
    expect((await tried({ feeds: ['inputs/presse.rss'], ...config })).join()).not.toContain('secret');
  }
  for (const path of ['/etc/passwd', '../', 'inputs/../../..', '/etc/*.conf']) {
    expect(await tried({ feeds: [path] })).toEqual(['outside /with/feeds/0']);
  }
});

test('a source is added, changed, paused and duplicated in the file, by whoever saw it last', async () => {
  const changes: number[] = [];
  const { desk, root, app } = await open('', { changed: async () => void changes.push(1) });
  await saved(desk, 'avis', { title: 'Avis de mai' });
  const first = await readFile(join(root, 'datasens.yaml'), 'utf8');
  expect(first).toContain('  presse: # la presse\n    collector: rss\n');
  expect(first).toContain(
    '  avis:\n    collector: file\n    with:\n      path: inputs/avis.csv\n    title: Avis de mai\n',
  );
  expect((await stat(join(root, 'datasens.yaml'))).mode & 0o777).toBe(0o640);
  expect((await readdir(root)).filter((name) => name.includes('.yaml'))).toEqual(['datasens.yaml']);

  const { etag } = await desk.list();
  expect(await desk.save('avis', draft(), { etag, isNew: true, by: BY })).toMatchObject({
    problems: [{ code: 'taken' }],
  });
  await writeFile(join(root, 'datasens.yaml'), `${first}# quelqu’un d’autre\n`);
  await expect(desk.save('avis', draft(), { etag, isNew: false, by: BY })).rejects.toMatchObject({ code: 'locked' });
  expect(await readFile(join(root, 'datasens.yaml'), 'utf8')).toContain('# quelqu’un d’autre');

  await desk.setPaused('avis', true, BY);
  expect((await desk.get('avis'))?.health.state).toBe('paused');
  await desk.setPaused('avis', false, BY);
  expect(await readFile(join(root, 'datasens.yaml'), 'utf8')).toBe(`${first}# quelqu’un d’autre\n`);
  expect(await desk.duplicate('avis', 'avis-juin', BY)).toMatchObject({ kind: 'saved' });
  expect(await desk.get('avis-juin')).toMatchObject({
    title: 'Avis de mai',
    paused: true,
    config: { path: 'inputs/avis.csv' },
  });
  expect(await desk.duplicate('avis', 'presse', BY)).toMatchObject({ kind: 'invalid' });
  expect(await desk.duplicate('avis', 'Avis Juin', BY)).toMatchObject({ kind: 'invalid' });
  await expect(desk.setPaused('inconnue', true, BY)).rejects.toMatchObject({ code: 'not-found' });
  await expect(desk.setPaused('constructor', true, BY)).rejects.toMatchObject({ code: 'not-found' });
  expect(await desk.get('constructor')).toBeNull();
  expect(changes.length).toBe(4);
  const acts = await app.database.transaction((tx) => verifyActs(tx));
  expect(acts).toEqual({ count: 4, broken: null });
});

test('a file that cannot be written says what to do, and stays whole', async () => {
  const root = await mkdtemp(join(tmpdir(), 'datasens-desk-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await writeFile(join(root, 'datasens.yaml'), 'organisation: Val-Clair\n', { mode: 0o644 });
  const { etag, text } = await readSettingsText(root);
  await chmod(root, 0o555);
  onTestFinished(() => chmod(root, 0o700));
  // Nothing is closed to root: it becomes nobody for a moment.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid!(65_534);
  try {
    await expect(replaceSettingsText(root, 'autre', etag)).rejects.toMatchObject({
      code: 'refused',
      remedy: 'let the account that runs DataSens write in the folder of the project',
    });
  } finally {
    if (isRoot) process.seteuid!(0);
  }
  expect(await readSettingsText(root)).toEqual({ etag, text });
});

test('health, history, dead letters and the estimate come from what happened', async () => {
  const settings = `
  avis: { collector: file, with: { path: inputs/avis.csv }, licence: lov2, purpose: p, legalBasis: l, retention: 3 years, every: toutes les heures }
  muette: { collector: file, with: { path: inputs/absent.csv }, licence: lov2, purpose: p, legalBasis: l, retention: 3 years, paused: true }
`;
  const { desk, app, root, time } = await open(settings);
  const states = async () =>
    Object.fromEntries((await desk.list()).sources.map(({ name, health }) => [name, health.state]));
  expect(await states()).toEqual({ presse: 'never', avis: 'never', muette: 'paused' });
  const collect = (sources?: readonly string[]) =>
    runJourney(app, { command: 'collect', steps: ['collect'], ...(sources ? { sources } : {}) }, () => undefined);

  await collect();
  expect(await states()).toEqual({ presse: 'failing', avis: 'ok', muette: 'paused' });
  expect((await desk.get('muette'))!.history).toEqual([]);
  await collect(['muette']);
  expect((await desk.get('muette'))!.history).toMatchObject([{ outcome: 'failed', refusals: 1 }]);

  const page = (await desk.get('avis'))!;
  expect(page).toMatchObject({ records: 3, health: { errorRate: 0, attempts: 1, refusals: 0 } });
  expect(page.history).toMatchObject([{ outcome: 'done', records: 3, newRecords: 3, failure: null }]);
  const size = (await stat(join(root, 'inputs/avis.csv'))).size;
  expect(page.estimate).toMatchObject({ runs: 1, records: 3, sizeBytes: size });
  expect(page.estimate!.seconds).toBeGreaterThan(0);
  expect((await desk.get('presse'))!.estimate).toBeNull();

  expect((await desk.get('presse'))!.health.failure).toMatchObject({ code: 'input-missing' });
  const { items, nextCursor } = await desk.refusals('presse', { open: true, cursor: null });
  expect(items).toMatchObject([{ location: 'inputs/presse.rss', code: 'input-missing' }]);
  expect(nextCursor).toBeNull();
  expect((await desk.refusals('presse', { open: true, cursor: items[0]!.id })).items).toEqual([]);
  await expect(desk.refusals('presse', { open: true, cursor: '1 or 1' })).rejects.toMatchObject({ code: 'usage' });

  await writeFile(join(root, 'inputs/presse.rss'), '<rss><channel><item><title>Un</title></item></channel></rss>');
  await collect(['presse']);
  expect((await desk.get('presse'))!.health).toMatchObject({ state: 'ok', errorRate: 0.5, attempts: 2, refusals: 0 });
  expect((await desk.refusals('presse', { open: true, cursor: null })).items).toEqual([]);
  expect((await desk.refusals('presse', { open: false, cursor: null })).items).toMatchObject([
    { resolvedAt: expect.any(String) },
  ]);

  // One hour may pass without a success, two may not.
  time.now = new Date(Date.now() + 150 * 60_000).toISOString();
  expect(await states()).toEqual({ presse: 'ok', avis: 'late', muette: 'paused' });
  const late = (await desk.get('avis'))!;
  expect(late.health.lagSeconds).toBeGreaterThan(9000 - 60);
  expect(late.nextRuns.length).toBe(3);
  for (const instant of late.nextRuns) expect(instant > time.now).toBe(true);
});

test('a source that suddenly gives nothing is shown as held back', async () => {
  const settings = `
  avis: { collector: file, with: { path: inputs/avis.csv }, licence: lov2, purpose: p, legalBasis: l, retention: 3 years }
`;
  const { desk, app, root } = await open(settings);
  const rows = (count: number) =>
    `id;avis\n${Array.from({ length: count }, (_, n) => `${n};Avis numéro ${n}\n`).join('')}`;
  for (const count of [60, 1]) {
    await writeFile(join(root, 'inputs/avis.csv'), rows(count));
    await runJourney(app, { command: 'collect', steps: ['collect'], sources: ['avis'] }, () => undefined);
  }
  expect((await desk.get('avis'))!.health).toMatchObject({ state: 'quarantined', refusals: 1 });
});

test('a rhythm says when it falls, or what is not understood of it', async () => {
  const { desk } = await open();
  expect(desk.rhythm('chaque jour à 6 h').next).toEqual([
    '2026-05-13T04:00:00.000Z',
    '2026-05-14T04:00:00.000Z',
    '2026-05-15T04:00:00.000Z',
  ]);
  expect(desk.rhythm('parfois')).toMatchObject({ next: [], problem: { fr: expect.stringContaining('30 minutes') } });
});

test('a collection that stops on an error is kept with its code, and the run’s words', async () => {
  const { app, desk, root } = await open();
  await mkdir(join(root, 'inputs/presse.rss'));
  await expect(runJourney(app, { command: 'collect', steps: ['collect'] }, () => undefined)).rejects.toThrow();
  const { health, history } = (await desk.get('presse'))!;
  expect(health).toMatchObject({ state: 'failing', errorRate: 1, failure: { code: 'internal' } });
  expect(history[0]).toMatchObject({ outcome: 'failed', records: 0 });
  const attempts = await app.database.transaction((tx) => readAttempts(tx, ['presse'], 5));
  expect(attempts[0]!.detail).toMatchObject({ error: 'internal', run: expect.any(String) });
});
