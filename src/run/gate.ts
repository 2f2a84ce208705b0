// Holds what was measured against the bars of the settings, before anything is published.

import { withheldOf } from '../govern/label-gate.ts';
import { DataSensError } from '../model/error.ts';
import type { KeptEvaluation } from '../model/evaluation.ts';
import type { JsonObject } from '../model/json.ts';
import type { Manifest, ReleaseRow, Withheld } from '../model/release.ts';
import { readMeasurements } from '../store/releases.ts';
import type { App } from './app.ts';
import { evaluateCorpus } from './evaluate.ts';
import type { Requirements } from './settings.ts';

/** Figures that are shares of a truth file, by name; see `run/measure.ts`. */
const RECALL = 'personal.recall';

/**
 * What the bars of a release keep back, on an evaluation made now; null where it sets none.
 * @throws quality-gate where too much personal data is left, or how much is not known
 */
export async function holdToBars(app: App, name: string): Promise<NonNullable<Manifest['measured']> | null> {
  const bars = app.project.settings.publish[name]?.require;
  if (bars === undefined) return null;
  await holdResidual(app, name, bars);
  const evaluation = await evaluateCorpus(app);
  const require = JSON.parse(JSON.stringify(bars)) as JsonObject;
  return { evaluation: evaluation.id, require, withheld: withheldBy(evaluation, bars) };
}

/** The labels of a release's columns that these bars keep back. */
export function withheldBy(evaluation: KeptEvaluation, bars: Requirements): readonly Withheld[] {
  if (bars.agreement === undefined && bars.precision === undefined && bars.people === undefined) return [];
  // Pieces of text have no column in a release.
  return evaluation.tasks.filter(({ kind }) => kind !== 'spans').flatMap((measures) => withheldOf(measures, bars));
}

async function holdResidual(app: App, name: string, { residualPersonalData: bar }: Requirements): Promise<void> {
  if (bar === undefined) return;
  const kept = await app.database.transaction((tx) => readMeasurements(tx));
  const recall = kept.find((one) => one.name === RECALL)?.body;
  if (typeof recall?.value !== 'number' || typeof recall.n !== 'number' || recall.n === 0) {
    throw new DataSensError('quality-gate', `release ${name}: how much personal data is left was not measured`, {
      remedy: 'name under evaluate.truth a file with `personal` cases, then run `datasens annotate`',
    });
  }
  const residual = 1 - recall.value;
  if (residual <= bar) return;
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  throw new DataSensError(
    'quality-gate',
    `release ${name}: ${share(residual)} of the ${recall.n} known pieces of personal data are still readable, above ${share(bar)}`,
    { remedy: 'look for what the detectors leave (docs/donnees-personnelles.md) before publishing' },
  );
}

type Labelled = Pick<ReleaseRow, 'theme' | 'themeScore' | 'tone' | 'toneScore' | 'labels' | 'provisional'>;

/** A row without the labels that are kept back; what is left was measured where a bar on precision was passed. */
export function maskLabels<Row extends Labelled>(row: Row, measured: NonNullable<Manifest['measured']>): Row {
  const hides = (task: string, label: string | null) =>
    label !== null &&
    measured.withheld.some((kept) => kept.task === task && (kept.label === null || kept.label === label));
  const masked = {
    ...row,
    ...(hides('theme', row.theme) ? { theme: null, themeScore: null } : {}),
    ...(hides('tone', row.tone) ? { tone: null, toneScore: null } : {}),
    labels: shownOf(row.labels, hides),
  };
  const isLabelled = masked.theme !== null || masked.tone !== null || Object.keys(masked.labels).length > 0;
  return { ...masked, provisional: row.provisional && isLabelled && measured.require.precision === undefined };
}

/** Of several labels those that may be shown; a task that is left without any is as one that nobody decided. */
function shownOf(labels: ReleaseRow['labels'], hides: (task: string, label: string) => boolean): ReleaseRow['labels'] {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([task, given]): [string, string | readonly string[]][] => {
      if (typeof given === 'string') return hides(task, given) ? [] : [[task, given]];
      const shown = given.filter((label) => !hides(task, label));
      return shown.length === 0 ? [] : [[task, shown]];
    }),
  );
}
