// What the codebook commands look at: the file and what is kept, without keeping anything.

import { type CodebookDifference, differenceOf } from '../model/codebook-difference.ts';
import { DataSensError } from '../model/error.ts';
import { openDatabase } from '../store/database.ts';
import { type CodebookDesk, openCodebookDesk, readVersion } from './codebook-desk.ts';
import type { Project } from './project.ts';
import { databaseUrl } from './store-places.ts';

export interface CodebookLook extends Pick<CodebookDesk, 'view'> {
  /** What changed between two versions that are kept; the file is the later one where `to` is null. @throws not-found, refused */
  compare(from: string, to: string | null): Promise<CodebookDifference>;
}

/** Opens the database of the project for the time of `work`; the codebook is not kept, and may have mistakes. */
export async function lookAtCodebook<Result>(
  project: Project,
  work: (look: CodebookLook) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase({
    url: await databaseUrl(project),
    organisation: project.settings.organisation,
    poolSize: 2,
  });
  const required = async (version: string) => {
    const found = await readVersion(database, version);
    if (found !== null) return found;
    throw new DataSensError('not-found', `no version \`${version}\` is kept`, {
      remedy: '`datasens codebook show` lists those that are, as name@version',
    });
  };
  const { view } = openCodebookDesk({ project, database });
  const inFile = async () => {
    const { codebook } = (await view()).draft;
    if (codebook !== null) return codebook;
    throw new DataSensError('refused', 'the codebook of the file has mistakes', {
      remedy: '`datasens codebook check` names them',
    });
  };
  try {
    return await work({
      view,
      compare: async (from, to) => differenceOf(await required(from), await (to === null ? inFile() : required(to))),
    });
  } finally {
    await database.close();
  }
}
