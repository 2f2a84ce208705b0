// How far the labels of a corpus can be trusted, as it was measured and kept: figures with their n and interval, never a text.

import type { TaskKind } from './codebook.ts';
import type { CodebookVersion } from './identity.ts';
import type { Interval } from './indicator.ts';

/** Below this many cases there is no figure: it would say more of the few than of the rest. */
export const FIGURE_FLOOR = 11;
/** Below this many cases a figure is shown with a warning. */
export const FIGURE_SMALL = 30;

export interface Figure {
  /** Null where it rests on fewer than `FIGURE_FLOOR` cases, or says nothing. */
  readonly value: number | null;
  /** Cases it rests on. */
  readonly n: number;
  /** 95 %; null where there is no figure. */
  readonly interval: Interval | null;
}

/** All machines of a document together, as they decide of its label; measured where there are several. */
export const MACHINES = 'machines';

/** `random`: drawn at random and read blind, which leaves figures unbiased; `other`: everything else that people read. */
export const DRAWN = ['random', 'other'] as const;
export type Drawn = (typeof DRAWN)[number];

export interface PeopleMeasures {
  /** Persons that judged. */
  readonly persons: number;
  /** Documents that people decided of. */
  readonly read: Readonly<Record<Drawn, number>>;
  /** Documents that at least two of them read. */
  readonly twice: Readonly<Record<Drawn, number>>;
  /** Documents on which they are equally divided and nobody settled: of no measure of a machine. */
  readonly undecided: number;
  /** Judgements given in bulk, or carried over from another codebook: of no measure. */
  readonly leftOut: number;
  readonly metric: 'nominal' | 'ordinal' | 'masi' | 'character';
  /** Krippendorff's alpha, on documents drawn at random. */
  readonly alpha: Figure;
  /** The same with sets compared by Jaccard's distance; null for tasks of one label. */
  readonly jaccard: Figure | null;
  /** Cohen's kappa over every pair of persons. */
  readonly kappa: Figure;
  /** Share of pairs that said the same; for spans the F1 of one against the other. */
  readonly same: Figure;
  readonly labels: readonly {
    readonly label: string;
    readonly alpha: Figure;
    /** Share of the documents drawn at random that people gave it. */
    readonly share: Figure;
  }[];
}

export interface LabelMeasures {
  readonly label: string;
  readonly precision: Figure;
  readonly recall: Figure;
  readonly f1: Figure;
  readonly support: number;
  readonly predicted: number;
}

export const SLICES = ['source', 'length', 'region', 'department', 'language', 'group'] as const;
export type SliceKind = (typeof SLICES)[number];

export interface Slice {
  readonly by: SliceKind;
  /** For a group, `attribute=value`. */
  readonly value: string;
  /** Share that is right, of those the machine judged; for spans the F1 by overlap. */
  readonly accuracy: Figure;
  readonly coverage: Figure;
  /** True where the difference with all the rest is beyond its 95 % interval. */
  readonly apart: boolean;
}

export interface PrevalenceMeasure {
  readonly label: string;
  /** Documents of the corpus that the machine gives it, and their share of those it was asked of. */
  readonly raw: { readonly n: number; readonly share: number };
  /** Null where `refused` says why. */
  readonly corrected: { readonly value: number; readonly interval: Interval } | null;
  readonly refused: 'no-reference' | 'label-unread' | 'ill-conditioned' | 'unstable' | 'not-for-spans' | null;
  /** Every label at once, or this one against all others. */
  readonly method: 'all-labels' | 'one-against-others';
}

export interface Drift {
  /** Id of the evaluation it is compared with, when that was made and under which codebook. */
  readonly since: string;
  readonly at: string;
  readonly codebook: CodebookVersion;
  readonly versions: readonly string[];
  /** What is said of the whole, then of each label: now minus then. */
  readonly changes: readonly {
    readonly figure: 'accuracy' | 'f1';
    readonly label: string | null;
    readonly was: number;
    readonly difference: number;
    readonly interval: Interval;
  }[];
}

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean of the scores given; null where there are none. */
  readonly said: number | null;
  /** Share that was right; null where there are none. */
  readonly right: number | null;
  /** Wilson 95 % interval of the share that was right. */
  readonly interval: Interval | null;
}

/** Whether a machine is right as often as it says it is. */
export interface Calibration {
  readonly bins: readonly ReliabilityBin[];
  /** Mean distance between what was said and what was right, weighted by n; null where nothing was judged. */
  readonly expectedError: number | null;
  readonly n: number;
}

export interface MachineMeasures {
  readonly annotator: string;
  /** Models or artefacts that made its judgements, as they call themselves. */
  readonly versions: readonly string[];
  /** Documents of the corpus it was asked of. */
  readonly documents: number;
  /** Share that is right among those it judged; of several labels, the whole set; for spans the F1 by overlap. */
  readonly accuracy: Figure;
  /** The same on documents that were not drawn at random: biased, and only shown beside. */
  readonly elsewhere: Figure;
  readonly macroF1: Figure;
  /** Of spans: same place and label. Null for other tasks. */
  readonly exactF1: Figure | null;
  /** Share that it judged rather than abstained. */
  readonly coverage: Figure;
  /** Between it and each person, to be read beside those between persons. */
  readonly alpha: Figure;
  readonly kappa: Figure;
  readonly labels: readonly LabelMeasures[];
  /** Rows: people; columns: the machine. Null for tasks of several labels and spans. */
  readonly confusion: {
    readonly labels: readonly string[];
    readonly counts: readonly (readonly number[])[];
    readonly abstained: readonly number[];
  } | null;
  readonly calibration: Calibration | null;
  readonly slices: readonly Slice[];
  readonly prevalence: readonly PrevalenceMeasure[];
  readonly drift: Drift | null;
}

export interface TaskMeasures {
  readonly task: string;
  readonly kind: TaskKind;
  readonly people: PeopleMeasures;
  readonly machines: readonly MachineMeasures[];
  /** Documents to read at random for the share of right labels to be known within 10 and 5 points. */
  readonly wanted: { readonly within10: number; readonly within5: number };
}

export interface EvaluationBody {
  readonly format: 'datasens-evaluation@1';
  readonly codebook: CodebookVersion;
  /** Documents that the sources' recipes gave. */
  readonly documents: number;
  readonly tasks: readonly TaskMeasures[];
}

/** An evaluation as it is kept; its id is the hash of the judgements it was made of. */
export interface KeptEvaluation extends EvaluationBody {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}
