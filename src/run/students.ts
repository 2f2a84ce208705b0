// The promoted students at hand: each artefact in a file of the project's cache, where the worker threads read it.

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CodebookVersion } from '../model/identity.ts';
import type { Database } from '../store/database.ts';
import type { Objects } from '../store/objects.ts';
import { type PromotedStudent, promotedStudents } from '../store/students.ts';
import type { Project } from './project.ts';

export interface StudentAtHand {
  readonly task: string;
  readonly digest: string;
  /** Absolute. */
  readonly path: string;
}

interface Places {
  readonly database: Database;
  readonly objects: Objects;
  readonly project: Project;
  readonly codebookVersion: CodebookVersion | null;
}

/** Those that judge under the codebook; artefacts not at hand are fetched. None where the settings do not name `student`. */
export async function fetchStudents({
  database,
  objects,
  project,
  codebookVersion,
}: Places): Promise<readonly StudentAtHand[]> {
  if (codebookVersion === null || !namesStudent(project)) return [];
  const promoted = await database.transaction((tx) => promotedStudents(tx, codebookVersion));
  return Promise.all(
    promoted.map(async (student) => {
      const { task, digest } = student;
      return { task, digest, path: await artefactAtHand({ objects, project }, student) };
    }),
  );
}

/** The file of an artefact, fetched where it is not there yet. */
export async function artefactAtHand(
  { objects, project }: Pick<Places, 'objects' | 'project'>,
  { digest, objectKey }: Pick<PromotedStudent, 'digest' | 'objectKey'>,
): Promise<string> {
  const folder = join(project.private, 'students');
  const path = join(folder, digest);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await objects.getToFile(objectKey, path);
  }
  return path;
}

function namesStudent({ settings }: Project): boolean {
  return (settings.annotate?.annotators ?? []).some((entry) =>
    typeof entry === 'string' ? entry === 'student' : Object.hasOwn(entry, 'student'),
  );
}
