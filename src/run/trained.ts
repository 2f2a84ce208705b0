// The students that were trained, as people read them.

import type { JsonObject } from '../model/json.ts';
import { listStudents, type StoredStudent } from '../store/students.ts';
import type { App } from './app.ts';

export interface TrainedStudent extends Omit<StoredStudent, 'objectKey'> {
  /** Figures in one line. */
  readonly summary: string;
}

/** Every one, the latest first. */
export async function listTrained(app: App): Promise<readonly TrainedStudent[]> {
  const students = await app.control.transaction((tx) => listStudents(tx));
  return students.map(({ objectKey: _, ...student }) => ({ ...student, summary: summaryOf(student) }));
}

function summaryOf({ digest, codebook, createdAt, head }: Omit<StoredStudent, 'objectKey'>): string {
  const figures = (head.figures ?? {}) as JsonObject;
  const rows = (head.rows ?? {}) as JsonObject;
  const percent = (value: unknown) => `${(100 * Number(value ?? 0)).toFixed(1)} %`;
  return (
    `${digest.slice(0, 12)} ${codebook} ${createdAt.slice(0, 10)} macro-F1 ${percent(figures.macroF1)}, ` +
    `juste ${percent(figures.precision)} des ${percent(figures.coverage)} jugés, ` +
    `${rows.people ?? 0} textes de personnes, ${rows.machines ?? 0} de modèles`
  );
}
