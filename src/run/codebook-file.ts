// The codebook that the settings name: where it is, what it says.

import { join } from 'node:path';
import { parseCodebook } from '../annotate/codebook.ts';
import type { Codebook } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import { readTextFile } from './input-file.ts';
import type { Project } from './project.ts';

/** The YAML that a codebook was read from, for the lines of what is wrong with it. */
export interface CodebookSource {
  /** As the settings name it. */
  readonly path: string;
  readonly text: string;
}

/** The project's codebook, or null where nothing is annotated. @throws settings-invalid, input-missing */
export function readCodebook(project: Project): Codebook | null {
  if (project.settings.annotate === undefined) return null;
  const { text, path } = requireCodebookSource(project);
  return parseCodebook(text, path);
}

/** The text of the codebook that the settings name. @throws input-missing, not-found */
export function requireCodebookSource(project: Project): CodebookSource {
  const path = requireCodebookPath(project);
  return { path, text: readTextFile(join(project.root, path), path) };
}

/** Its path below the project's folder. @throws not-found where the settings name none */
export function requireCodebookPath(project: Project): string {
  const path = project.settings.annotate?.codebook;
  if (path !== undefined) return path;
  throw new DataSensError('not-found', 'the settings name no codebook', {
    remedy: 'write `annotate: { codebook: grilles/….yaml }` in datasens.yaml',
  });
}
