// Files made to harm their reader, read in one go as `inspect` reads them, by a process that may write nowhere: XML and
// ZIP bombs, entities and links that call out, JSON that is none, names that climb, pipes and links among the files.

import { execFile } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Refined } from '../../src/model/document.ts';
import { type Inspected, inspect } from '../../src/run/inspect.ts';
import { loadCollectors } from '../../src/run/plugins.ts';
import { zip } from '../zip.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const verbose = process.argv.includes('--verbose');
const SLOWEST_MS = 5_000;
const MEMORY_MB = 512;

/** Names among the files that lead out of their folder. */
const LINKS = [
  ['passwd.csv', '/etc/passwd'],
  ['environ.txt', '/proc/self/environ'],
  ['zero.csv', '/dev/zero'],
] as const;

const hostile: Conformance = async (data) => {
  const folder = join(data, 'hostile');
  if (!existsSync(folder)) return [];
  const work = mkdtempSync(join(tmpdir(), 'datasens-hostile-'));
  let reached = 0;
  const listener = createServer((socket) => {
    reached += 1;
    socket.destroy();
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  try {
    makeTraps(join(work, 'in'), `http://127.0.0.1:${(listener.address() as AddressInfo).port}`);
    const paths = [
      join(folder, 'authored'),
      join(folder, 'json-test-suite'),
      join(folder, 'blns.json'),
      join(work, 'in'),
    ];
    const oneGo = await inspectConfined(paths, work);
    const { lines, sockets } = await readEach(paths);
    return [
      oneGo,
      ...lines,
      {
        name: 'hostile: connections opened',
        passed: 0,
        total: reached + sockets,
        figure: `${reached} reached a listener that files name, ${sockets} sockets opened`,
      },
      ...(await jsonTestSuite(join(folder, 'json-test-suite'))),
      ...(await naughtyStrings(join(folder, 'blns.json'), work)),
    ];
  } finally {
    listener.close();
    rmSync(work, { recursive: true, force: true });
  }
};
export default hostile;

/** What the folder of hostile files does not hold; `home` is a listener that nothing must reach. */
function makeTraps(folder: string, home: string): void {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  put(
    'entity.xml',
    `<?xml version="1.0"?><!DOCTYPE r SYSTEM "${home}/dtd" [<!ENTITY x SYSTEM "${home}/x">]><rss><channel><item><title>&x;</title></item></channel></rss>`,
  );
  put(
    'page.html',
    `<link rel=stylesheet href="${home}/a.css"><img src="${home}/b.png"><iframe src="${home}/c"></iframe><p>Texte de la page.</p>`,
  );
  put('lien.md', `![image](${home}/d.png)\n\n[lien](${home}/e)\n`);
  put('classeur.xlsx', zip(workbook(home)));
  put('monte.zip', zip({ '../../monte.csv': 'id,avis\n1,Oui\n', '/etc/monte.csv': 'id,avis\n1,Oui\n' }));
  put('poupees.zip', zip({ 'a.zip': zip({ 'b.zip': zip({ 'c.csv': 'id,avis\n1,Oui\n' }) }) }));
  put('bombe.csv.gz', gzipSync(Buffer.alloc(256 * 2 ** 20, 'a,b\n'), { level: 9 }));
  put('bombe.zip', zip({ 'a.csv': Buffer.alloc(256 * 2 ** 20, 'a,b\n') }));
  put('profond.json', '['.repeat(200_000));
  put('profond.html', '<div>'.repeat(200_000));
  put('profond.xml', `<rss><channel>${'<item><title>'.repeat(20_000)}`);
  put('ligne.csv', `id;texte\n1;${'mot '.repeat(5_000_000)}\n2;fin\n`);
  put('colonnes.csv', `${Array.from({ length: 50_000 }, (_, at) => `c${at}`).join(';')}\n${';'.repeat(49_999)}\n`);
  put('guillemets.csv', `id;texte\n${'1;"ouvert\n'.repeat(20_000)}`);
  put('zeros.csv', Buffer.alloc(1_000_000));
  put('faux.parquet', 'PAR1 and nothing else PAR1');
  put('pi\u0300ege\n\u202E.csv', 'id;texte\n1;Oui\n');
  for (const [name, target] of LINKS) symlinkSync(target, join(folder, name));
  symlinkSync(folder, join(folder, 'boucle'));
}

function workbook(home: string): Readonly<Record<string, string>> {
  const rel = (target: string, mode = '') => `<Relationship Id="r1" Type="x" Target="${target}"${mode}/>`;
  return {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${rel('worksheets/sheet1.xml')}</Relationships>`,
    'xl/externalLinks/_rels/externalLink1.xml.rels': `<Relationships>${rel(`${home}/f.xlsx`, ' TargetMode="External"')}</Relationships>`,
    'xl/worksheets/sheet1.xml':
      '<worksheet><sheetData><row><c t="inlineStr"><is><t>avis</t></is></c></row><row><c t="inlineStr"><f>WEBSERVICE("x")</f><is><t>Oui</t></is></c></row></sheetData></worksheet>',
  };
}

/** The command, in a process that Node lets write nowhere and that dies of more memory or time than it should need. */
async function inspectConfined(paths: readonly string[], cwd: string): Promise<ConformanceLine> {
  const node = ['--permission', '--allow-fs-read=*', '--allow-addons', `--max-old-space-size=${MEMORY_MB}`];
  const command = [join(ROOT, 'src/cli/main.ts'), 'inspect', '--json', '--until', 'govern', ...paths];
  const start = performance.now();
  const run = promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', ...node, ...command], {
    cwd,
    timeout: 120_000,
    maxBuffer: 2 ** 30,
  });
  const { code, stdout } = await run.then(
    (done) => ({ code: 0, stdout: done.stdout }),
    (failed: { code: number; stdout: string; stderr: string }) => {
      if (verbose) console.error(failed.stderr);
      return failed;
    },
  );
  const answered = new Set(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { file: string }).file),
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const left = readdirSync(cwd).filter((name) => name !== 'in');
  const outside = [...answered].filter((file) => LINKS.some(([name]) => basename(file) === name));
  // 6: some files were refused, as they must be.
  const passed = code === 6 && left.length === 0 && outside.length === 0;
  const figure = `exit ${code}, ${answered.size} files answered for in ${seconds} s; with no right to write and ${MEMORY_MB} MB; ${outside.length} links followed out`;
  return { name: 'hostile: all in one go', passed: passed ? 1 : 0, total: 1, figure };
}

/** Each file alone: how long the slowest takes, and the sockets that this process opens meanwhile. */
async function readEach(
  paths: readonly string[],
): Promise<{ readonly lines: readonly ConformanceLine[]; readonly sockets: number }> {
  let sockets = 0;
  const count = () => {
    sockets += 1;
  };
  const opened = channel('net.client.socket');
  opened.subscribe(count);
  // Links are for walks of the folder: one that a person names is read.
  const files = paths.flatMap((path) => (path.endsWith('.json') ? [path] : filesOf(path)));
  let slowest = { ms: 0, name: '' };
  let passed = 0;
  for (const file of files) {
    const start = performance.now();
    await inspected([file], {});
    const ms = performance.now() - start;
    passed += ms <= SLOWEST_MS ? 1 : 0;
    if (verbose && ms > 300) console.error(`${basename(file)}: ${Math.round(ms)} ms`);
    if (ms > slowest.ms) slowest = { ms, name: basename(file) };
  }
  opened.unsubscribe(count);
  const polluted = 'polluted' in {};
  const figure = `slowest ${(slowest.ms / 1000).toFixed(2)} s (${slowest.name}), limit ${SLOWEST_MS / 1000} s; prototypes ${polluted ? 'POLLUTED' : 'untouched'}`;
  const name = 'hostile: files that end in time';
  return { lines: [{ name, passed: polluted ? 0 : passed, total: files.length, figure }], sockets };
}

function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
}

async function inspected(
  paths: readonly string[],
  set: Readonly<Record<string, unknown>>,
): Promise<readonly Inspected[]> {
  const effects = {
    collectors: await loadCollectors(),
    annotator: null,
    clock: () => new Date('2026-05-12T08:00:00Z'),
    signal: AbortSignal.timeout(120_000),
    root: '/',
  };
  const as = Object.keys(set).length > 0 ? 'file' : null;
  return Array.fromAsync(inspect({ paths, as, set, until: 'refine' }, effects));
}

/** y_ must be read, n_ refused by name, i_ may be either. */
async function jsonTestSuite(folder: string): Promise<readonly ConformanceLine[]> {
  const found = await inspected([folder], { format: 'json' });
  const files = readdirSync(folder).map((name) => join(folder, name));
  const refused = new Set(found.filter(({ kind }) => kind === 'failure').map(({ file }) => file));
  return (['y', 'n'] as const).map((kind) => {
    const listed = files.filter((file) => basename(file).startsWith(`${kind}_`));
    const right = listed.filter((file) => refused.has(file) === (kind === 'n'));
    if (verbose) for (const file of listed.filter((name) => !right.includes(name))) console.error(`hostile: ${file}`);
    const what = kind === 'y' ? 'valid JSON read' : 'invalid JSON refused by name';
    return { name: `hostile: ${what}`, passed: right.length, total: listed.length, figure: '' };
  });
}

/** Every string as a cell of CSV and as a member of JSON: as received, then refined, its places within its text. */
async function naughtyStrings(path: string, work: string): Promise<readonly ConformanceLine[]> {
  const strings = (JSON.parse(readFileSync(path, 'utf8')) as readonly string[]).filter((text) => text !== '');
  const rows = strings.map((text, at) => `${at};"${text.replaceAll('"', '""')}"`);
  writeFileSync(join(work, 'in/vilains.csv'), `id;texte\n${rows.join('\n')}\n`);
  writeFileSync(join(work, 'in/vilains.jsonl'), strings.map((texte, id) => JSON.stringify({ id, texte })).join('\n'));
  const found = await inspected([join(work, 'in/vilains.csv'), join(work, 'in/vilains.jsonl')], {});
  const read = found.filter((one) => one.kind === 'record').map(({ item, refined }) => ({ item, refined: refined! }));
  const exact = read.filter(({ item }) => item.text === strings[Number(item.id)]);
  const placed = read.filter(({ refined }) => isPlaced(refined));
  // Mark-up is read as text, spaces and invisible characters are put in order: the rest must not change.
  const plain = read.filter(({ item }) => !/[<>&\p{C}\p{M}\p{Z}*_#\x60[\]]/u.test(item.text.replaceAll(' ', '')));
  const kept = plain.filter(({ item, refined }) => refined.text === item.text.trim().normalize('NFC'));
  if (verbose) for (const { item } of plain.filter((one) => !kept.includes(one))) console.error(`naughty ${item.id}`);
  const total = 2 * strings.length;
  return [
    { name: 'hostile: naughty strings as received', passed: exact.length, total, figure: 'CSV and JSON lines' },
    { name: 'hostile: their places within them', passed: placed.length, total, figure: 'well-formed, spans inside' },
    { name: 'hostile: plain ones refined unchanged', passed: kept.length, total: plain.length, figure: '' },
  ];
}

function isPlaced({ text, personal }: Refined): boolean {
  const inside = personal.every(({ start, end }, at) => {
    return start >= (personal[at - 1]?.end ?? 0) && end > start && end <= text.length;
  });
  return text.isWellFormed() && inside;
}
