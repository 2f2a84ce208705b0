// The promoted students at hand: each artefact in a file of the project's cache, where the worker threads read it.

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CodebookVersion } from '../model/identity.ts';
import type { Database } from '../store/database.ts';
import type { Objects } from '../store/objects.ts';
import { promotedStudents } from '../store/students.ts';
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
  const folder = join(project.private, 'students');
  return Promise.all(
    promoted.map(async ({ task, digest, objectKey }) => {
      const path = join(folder, digest);
      if (!existsSync(path)) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        await objects.getToFile(objectKey, path);
      }
      return { task, digest, path };
    }),
  );
}

function namesStudent({ settings }: Project): boolean {
  return (settings.annotate?.annotators ?? []).some((entry) =>
    typeof entry === 'string' ? entry === 'student' : Object.hasOwn(entry, 'student'),
  );
}
