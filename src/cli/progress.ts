// Progress for people, on stderr: one line that moves on a terminal, a line now and then elsewhere.

import type { Listener } from '../run/reporter.ts';
import type { OutputOptions } from './output.ts';

const QUIET_PERIOD_MS = 10_000;

const STAGES: Readonly<Record<string, string>> = {
  collect: 'collecte',
  context: 'contexte',
  refine: 'affinage',
  annotate: 'annotation',
  index: 'index de recherche',
  recipes: 'autres recettes',
  copies: 'copies et campagnes',
  govern: 'visas',
  publish: 'publication',
  decide: 'baromètre',
};

const COUNTS: Readonly<Record<string, string>> = {
  records: 'enregistrements',
  newRecords: 'nouveaux',
  refusals: 'refus',
  snapshots: 'captures',
  documents: 'documents',
  compared: 'comparés',
  clusters: 'groupes',
  copies: 'copies',
  campaigns: 'campagnes',
  cleared: 'admis',
  refused: 'refusés',
  cells: 'cellules',
  known: 'déjà connus',
  annotated: 'annotés',
  failed: 'en échec',
  failedBatches: 'lots en échec',
  failedSources: 'sources en échec',
  left: 'à faire',
  waiting: 'en attente de décision',
  replaced: 'remplacées',
  changed: 'changés',
  values: 'valeurs',
  unread: 'non lues',
};

/** Listens to a run and shows it. Nothing is shown with --quiet. */
export function showProgress(options: OutputOptions): Listener {
  if (options.quiet) return () => undefined;
  const live = process.stderr.isTTY === true;
  let lastAt = 0;
  const startedAt = new Map<string, number>();
  return ({ stage, kind, body }) => {
    const name = STAGES[stage] ?? stage;
    if (kind === 'started' || !startedAt.has(stage)) startedAt.set(stage, performance.now());
    const seconds = ((performance.now() - (startedAt.get(stage) ?? performance.now())) / 1000).toFixed(1);
    const counts = Object.entries(body)
      .filter(([key, value]) => key in COUNTS && (typeof value === 'number' ? value > 0 || key === 'documents' : false))
      .map(([key, value]) => `${value} ${COUNTS[key]}`)
      .join(', ');
    if (kind === 'finished') {
      process.stderr.write(`${live ? '\r\u001b[K' : ''}✓ ${name.padEnd(20)} ${counts} (${seconds} s)\n`);
    } else if (live) {
      process.stderr.write(`\r\u001b[K… ${name.padEnd(20)} ${counts} (${seconds} s)`);
    } else if (kind === 'progress' && performance.now() - lastAt > QUIET_PERIOD_MS) {
      lastAt = performance.now();
      process.stderr.write(`… ${name.padEnd(20)} ${counts} (${seconds} s)\n`);
    }
  };
}
