// Writes the report of an evaluation: a page for people, the same as JSON, and the schema of that.

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { KeptEvaluation } from '../model/evaluation.ts';
import { canonicalJson, type Json } from '../model/json.ts';
import type { Withheld } from '../model/release.ts';
import { evaluationPage } from '../publish/evaluation-page.ts';
import type { App } from './app.ts';
import { reportSchema } from './evaluation-schema.ts';
import { version } from './version.ts';

export interface Reported {
  readonly evaluation: KeptEvaluation;
  readonly withheld: readonly (Withheld & { readonly release: string })[];
  /** Absolute, or below the folder the command was called from; made where it is not there. */
  readonly folder: string;
}

/** Writes the three files and returns their paths. The same evaluation gives the same bytes. */
export async function writeReport(app: App, { evaluation, withheld, folder }: Reported): Promise<readonly string[]> {
  const { organisation } = app.project.settings;
  const page = evaluationPage({
    organisation,
    evaluation,
    codebook: app.codebook,
    withheld,
    generator: `datasens ${version()}`,
  });
  const target = resolve(folder);
  const files = [
    ['evaluation.html', page],
    ['evaluation.json', spelled({ ...evaluation, withheld })],
    ['evaluation.schema.json', spelled(z.toJSONSchema(reportSchema))],
  ] as const;
  await mkdir(target, { recursive: true });
  for (const [name, content] of files) await writeFile(join(target, name), content);
  return files.map(([name]) => join(target, name));
}

function spelled(value: unknown): string {
  return `${canonicalJson(JSON.parse(JSON.stringify(value)) as Json)}\n`;
}
