// What the parts of the evaluation screen are given: the API's answer, taken apart.

import type { EvaluationAnswer } from '../../../api/evaluation.ts';

export type Evaluation = NonNullable<EvaluationAnswer['evaluation']>;
export type TaskFigures = Evaluation['tasks'][number];
export type MachineAnswer = TaskFigures['machines'][number];
export type FigureAnswer = MachineAnswer['accuracy'];

export interface MachineSetting {
  readonly task: TaskFigures;
  readonly machine: MachineAnswer;
  /** Start of the names of exported files. */
  readonly file: string;
}
