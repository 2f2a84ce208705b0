// The student on labelled French text: learning curves with and without what lexicons say, calibration, wanted precision.

import { FeatureReader } from '../../src/annotate/student/features.ts';
import { type Trained, train } from '../../src/annotate/student/training.ts';
import { type Labelled, readLabelled, setOf } from '../labelled.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

/** What the issue asks of everything there is, macro-F1. */
const AIMS: Partial<Record<Labelled, number>> = { tweets: 0.66, films: 0.9 };
const LARGEST_CALIBRATION_ERROR = 0.05;
const PRECISION = 0.8;
/** Small draws differ: they are drawn several times. */
const DRAWS = { 200: 3, 1000: 2 } as const;

const student: Conformance = async (data) => {
  const readers = [new FeatureReader({ evidence: true }), new FeatureReader({ evidence: false })];
  return (['tweets', 'films', 'topics', 'emotions'] as const).flatMap((name) =>
    readers.flatMap((reader, place) => {
      const with_ = place === 0 ? 'with lexicons' : 'without';
      const texts = readLabelled(data, name);
      const learn = (size: number, seed: number) =>
        train(setOf(texts, reader, { size, seed }), reader, {
          task: name,
          kind: name === 'emotions' ? 'several-labels' : 'one-label',
          codebook: 'conformance@1',
          lexicons: '',
          precision: PRECISION,
        });
      const drawn = Object.entries(DRAWS).flatMap(([size, draws]) => {
        if (Number(size) >= texts.length) return [];
        const trained = Array.from({ length: draws }, (_, seed) => learn(Number(size), seed + 1));
        return [lineOf(`student: ${name}, ${size} ${with_}`, trained, null)];
      });
      const all = [learn(texts.length, 1)];
      return [...drawn, lineOf(`student: ${name}, all ${with_}`, all, place === 0 ? (AIMS[name] ?? null) : null)];
    }),
  );
};
export default student;

function lineOf(name: string, trained: readonly Trained[], aim: number | null): ConformanceLine {
  const mean = (of: (one: Trained) => number) => trained.reduce((sum, one) => sum + of(one), 0) / trained.length;
  const [one] = trained;
  const { n } = one!.figures;
  const macroF1 = mean(({ figures }) => figures.macroF1);
  const error = mean(({ figures }) => figures.calibrationError);
  const { low, high } = one!.figures.interval;
  const met =
    aim === null ? '' : `; aim ${aim} ${macroF1 >= aim && error <= LARGEST_CALIBRATION_ERROR ? 'met' : 'MISSED'}`;
  const figure =
    `macro-F1 ${percent(macroF1)} (${percent(low)} to ${percent(high)}), calibration error ${percent(error)}; ` +
    `wanted ${percent(PRECISION)}: ${percent(mean(({ figures }) => figures.precision))} right of ` +
    `${percent(mean(({ figures }) => figures.coverage))} judged; C and scale of lexicons ${trained.map(({ model: { head } }) => `${head.cost}/${head.evidenceScale}`).join(' ')}${met}`;
  const right = mean(({ figures }) => figures.perLabel.reduce((sum, { recall, support }) => sum + recall * support, 0));
  return {
    name,
    passed: Math.round(right),
    total: one!.figures.perLabel.reduce((sum, { support }) => sum + support, 0),
    figure: `n ${n}, ${figure}`,
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
