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
  const rows = (head.rows ?? {}) as JsonObject;
  const texts =
    head.from === 'file'
      ? `${rows.people ?? 0} textes d’un fichier`
      : `${rows.people ?? 0} textes de personnes, ${rows.machines ?? 0} de modèles`;
  return `${digest.slice(0, 12)} ${codebook} ${createdAt.slice(0, 10)} ${figuresOf(head)}, ${texts}`;
}

function figuresOf({ kind, figures }: JsonObject): string {
  const { macroF1, f1, precision, recall, coverage } = (figures ?? {}) as JsonObject;
  const percent = (value: unknown) => `${(100 * Number(value ?? 0)).toFixed(1)} %`;
  return kind === 'spans'
    ? `F1 des passages ${percent(f1)}, justes ${percent(precision)}, trouvés ${percent(recall)}`
    : `macro-F1 ${percent(macroF1)}, juste ${percent(precision)} des ${percent(coverage)} jugés`;
}
