// A truth file: what people know to be in a corpus, so that what the journey found can be measured against it.

import { join } from 'node:path';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { PERSONAL_KINDS } from '../model/personal.ts';
import { readTextFile } from './input-file.ts';
import type { Project } from './project.ts';

const reference = z.strictObject({ source: z.string(), key: z.string() });

const truthSchema = z.strictObject({
  /** What the corpus is, for people. */
  note: z.string(),
  /** Labels that a person gave, by document. */
  labels: z.array(reference.extend({ theme: z.string(), tone: z.string() })),
  /** Groups of copies; every document not named has none. */
  copies: z.array(z.array(reference).min(2)),
  /** Every piece of personal data in the texts of the corpus. */
  personal: z.array(reference.extend({ kind: z.enum(PERSONAL_KINDS), value: z.string().min(1) })),
});

export type Truth = z.infer<typeof truthSchema>;

/** The truth file of the settings. @throws input-missing, settings-invalid */
export function readTruth(project: Project): Truth | null {
  const named = project.settings.evaluate?.truth;
  if (named === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(readTextFile(join(project.root, named), named));
  } catch (cause) {
    if (cause instanceof DataSensError) throw cause;
    throw new DataSensError('settings-invalid', `${named} is not JSON`, { cause, remedy: 'correct the truth file' });
  }
  const parsed = truthSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DataSensError('settings-invalid', `${named}: ${issue!.path.join('.')}: ${issue!.message}`, {
    remedy: 'correct the truth file',
  });
}
