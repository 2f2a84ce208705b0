// A reviewing session through a real browser: answers lost and doubled while pages are reloaded, left and multiplied and the
// network goes, and the time from one text to the next. `npm run bench review`, or with a number of texts.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { buildServer, listenLocally } from '../src/api/server.ts';
import { openApp } from '../src/run/app.ts';
import { runJourney } from '../src/run/journey.ts';
import { openProject } from '../src/run/project.ts';
import { openStoreReader } from '../src/run/store-reader.ts';
import { openReviewDesk } from '../src/run/store-review-desk.ts';
import { opinionsCsv, REVIEW_CODEBOOK } from '../test/opinions.ts';
import { findChromium, openBrowser, openPage } from '../test/web/browser.ts';
import { simulateSession } from '../test/web/review-session.ts';
import { report } from './report.ts';

const ROOT = resolve(import.meta.dirname, '..');
const ITEMS = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 1000);
const THEMES: Readonly<Record<string, string>> = { Digit1: 'loisirs', Digit2: 'transports', Digit3: 'autre' };
const TONES: Readonly<Record<string, string>> = { Digit1: 'negatif', Digit2: 'neutre', Digit3: 'positif' };

const SETTINGS = `organisation: Commune d’essai
sources:
  avis:
    collector: file
    with: { path: avis.csv, map: { text: avis } }
    licence: lov2
    purpose: mesurer
    legalBasis: mission d’intérêt public
    retention: 1 year
annotate:
  codebook: grille.yaml
  annotators: [lexical]
  people: { sample: ${ITEMS}, doubleReading: 0%, uncertain: 0% }
`;

const chromium = findChromium();
if (chromium === null) {
  process.stderr.write('review: no Chromium here; set CHROMIUM to its path\n');
} else {
  const root = await mkdtemp(join(tmpdir(), 'datasens-review-'));
  const stop = new AbortController();
  await writeFile(join(root, 'datasens.yaml'), SETTINGS);
  await writeFile(join(root, 'avis.csv'), opinionsCsv(Math.ceil(ITEMS * 1.2)));
  await writeFile(join(root, 'grille.yaml'), REVIEW_CODEBOOK);
  const web = join(root, 'web');
  await build({
    configFile: join(ROOT, 'src/web/vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: web, emptyOutDir: true },
  });
  const app = await openApp(openProject(root), { signal: stop.signal });
  await runJourney(app, { command: 'run', steps: ['collect', 'refine', 'annotate'] }, () => undefined);
  const review = openReviewDesk(app);
  const server = await buildServer(await openStoreReader(app), { web, desks: { review } });
  const address = await listenLocally(server, 0);
  const browser = await openBrowser(chromium);
  try {
    const { page } = await openPage(browser, { language: 'fr', appearance: 'light' });
    const begun = performance.now();
    const session = await simulateSession(page.context(), { address, limit: ITEMS * 3, every: 12, seed: 11 });
    const seconds = (performance.now() - begun) / 1000;
    let [lost, other] = [0, 0];
    for (const [document, [theme, tone]] of session.meant) {
      const item = await review.item({ person: 'person:local', settles: true }, document);
      const said = new Map(item?.answers.map((answer) => [answer.task, answer.label]));
      if (said.size < 2) lost += 1;
      else if (said.get('theme') !== THEMES[theme!] || said.get('tone') !== TONES[tone!]) other += 1;
    }
    const { submitted } = (await review.overview({ person: 'person:local', settles: true })).progress.mine;
    const n = session.meant.size;
    const times = session.times.toSorted((left, right) => left - right);
    report({ name: 'review.items', value: n, unit: 'texts', n });
    report({ name: 'review.disturbances', value: sum(Object.values(session.disturbances)), unit: 'events', n });
    report({ name: 'review.lost', value: lost, unit: 'answers', n });
    report({ name: 'review.other', value: other, unit: 'answers', n });
    // Answers that stand beyond one for each text that was answered.
    report({ name: 'review.doubled', value: submitted - n, unit: 'answers', n });
    report({ name: 'review.time.median', value: times[times.length >> 1] ?? Number.NaN, unit: 'ms', n: times.length });
    report({
      name: 'review.time.p95',
      value: times[Math.floor(times.length * 0.95)] ?? Number.NaN,
      unit: 'ms',
      n: times.length,
    });
    report({ name: 'review.session', value: seconds, unit: 's', n });
  } finally {
    await browser.close();
    await server.close();
    stop.abort();
    await app.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
