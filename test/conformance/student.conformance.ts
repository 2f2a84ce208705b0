// The student on labelled French text: learning curves with and without what lexicons say, calibration, wanted precision, and
// what it is worth on the texts that it never met.

import { FeatureReader } from '../../src/annotate/student/features.ts';
import { type Trained, train } from '../../src/annotate/student/training.ts';
import { wilson } from '../../src/model/interval.ts';
import { type Labelled, readLabelled, setOf } from '../labelled.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';
import { judgeUnseen, measureRounding } from './student-unseen.ts';

/** What the issue asks of everything there is, macro-F1. */
const AIMS: Partial<Record<Labelled, number>> = { tweets: 0.66, films: 0.9 };
const LARGEST_CALIBRATION_ERROR = 0.05;
const PRECISION = 0.8;
/** Small draws differ: they are drawn several times. */
const DRAWS = { 200: 3, 1000: 2 } as const;

interface Learned extends Trained {
  /** Of texts that it never met; none where it learned from all. */
  readonly unseen: ReturnType<typeof judgeUnseen> | null;
}

const student: Conformance = async (data) => {
  const readers = [new FeatureReader({ evidence: true }), new FeatureReader({ evidence: false })];
  return (['tweets', 'films', 'topics', 'emotions'] as const).flatMap((name) =>
    readers.flatMap((reader, place) => {
      const with_ = place === 0 ? 'with lexicons' : 'without';
      const texts = readLabelled(data, name);
      const learn = (size: number, seed: number) => {
        const set = setOf(texts, reader, { size, seed });
        const trained = train(set, reader, {
          task: name,
          kind: name === 'emotions' ? 'several-labels' : 'one-label',
          codebook: 'conformance@1',
          lexicons: '',
          precision: PRECISION,
        });
        const unseen = size < texts.length ? judgeUnseen(trained.model, { reader, set, texts }) : null;
        return { set, ...trained, unseen };
      };
      const drawn = Object.entries(DRAWS).flatMap(([size, draws]) => {
        if (Number(size) >= texts.length) return [];
        const trained = Array.from({ length: draws }, (_, seed) => learn(Number(size), seed + 1));
        return [lineOf(`student: ${name}, ${size} ${with_}`, trained, null)];
      });
      const all = learn(texts.length, 1);
      const lines = [
        ...drawn,
        lineOf(`student: ${name}, all ${with_}`, [all], place === 0 ? (AIMS[name] ?? null) : null),
      ];
      if (place > 0) return lines;
      const { exact, rounded, texts: n } = measureRounding(all.set, all.model, reader);
      const figure = `macro-F1 ${percent(exact)} as learned, ${percent(rounded)} with weights of one byte`;
      return [...lines, { name: `student: ${name}, rounding`, passed: Math.round(n * rounded), total: n, figure }];
    }),
  );
};
export default student;

function lineOf(name: string, trained: readonly Learned[], aim: number | null): ConformanceLine {
  const mean = (of: (one: Learned) => number) => trained.reduce((sum, one) => sum + of(one), 0) / trained.length;
  const [one] = trained;
  const { n } = one!.figures;
  const macroF1 = mean(({ figures }) => figures.macroF1);
  const error = mean(({ figures }) => figures.calibrationError);
  const floor = mean(({ figures }) => figures.calibrationFloor);
  const { low, high } = one!.figures.interval;
  const met =
    aim === null ? '' : `; aim ${aim} ${macroF1 >= aim && error <= LARGEST_CALIBRATION_ERROR ? 'met' : 'MISSED'}`;
  const held = one!.figures.precisionInterval;
  const figure =
    `macro-F1 ${percent(macroF1)} (${percent(low)} to ${percent(high)}), calibration error ${percent(error)} ` +
    `(perfect scores: ${percent(floor)}); wanted ${percent(PRECISION)}: ${percent(mean(({ figures }) => figures.precision))} ` +
    `(first draw ${percent(held.low)} to ${percent(held.high)}) right of ${percent(mean(({ figures }) => figures.coverage))} ` +
    `judged${unseenOf(trained)}; C and scale of lexicons ` +
    `${trained.map(({ model: { head } }) => `${head.cost}/${head.evidenceScale}`).join(' ')}${met}`;
  const right = mean(({ figures }) => figures.perLabel.reduce((sum, { recall, support }) => sum + recall * support, 0));
  return {
    name,
    passed: Math.round(right),
    total: one!.figures.perLabel.reduce((sum, { support }) => sum + support, 0),
    figure: `n ${n}, ${figure}`,
  };
}

function unseenOf(trained: readonly Learned[]): string {
  const unseen = trained.flatMap((one) => one.unseen ?? []);
  if (unseen.length === 0) return '';
  const sum = (of: (one: (typeof unseen)[number]) => number) => unseen.reduce((total, one) => total + of(one), 0);
  const judged = sum((one) => one.judged);
  const right = sum((one) => one.right);
  const { low, high } = wilson(right, judged);
  const share = judged === 0 ? 'none' : `${percent(right / judged)} (${percent(low)} to ${percent(high)}) right`;
  return (
    `; never met: calibration error ${percent(sum((one) => one.calibrationError) / unseen.length)}, ` +
    `${share} of ${percent(judged / sum(({ texts }) => texts))} judged`
  );
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
