// Keeps the project's codebook in the store: a version that is used does not change, a new one takes over what people judged.

import { codebookLine } from '../annotate/codebook-mistakes.ts';
import { type Codebook, codebookVersion } from '../model/codebook.ts';
import { originOf, type SuccessionProblem, successionProblems } from '../model/codebook-succession.ts';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { appendAct } from '../store/acts.ts';
import { listCodebooks, lockCodebooks } from '../store/codebooks.ts';
import type { Tx } from '../store/database.ts';
import { saveCodebook } from '../store/sources.ts';
import { carryOver } from './carry.ts';
import type { CodebookSource } from './codebook-file.ts';

/**
 * Keeps `codebook`, and carries people's judgements over where it is a new version.
 * @throws settings-invalid where it may not follow what is kept
 */
export async function keepCodebook(tx: Tx, codebook: Codebook, source: CodebookSource): Promise<void> {
  await lockCodebooks(tx);
  const kept = await keptVersions(tx, codebook.name);
  const problems = successionProblems(codebook, kept);
  if (problems.length > 0) throw refusal(problems, source);
  const fresh = await saveCodebook(tx, codebookVersion(codebook), codebook as unknown as JsonObject);
  const origin = fresh ? originOf(codebook, kept) : null;
  if (origin === null) return;
  const { judgements, carried, lost } = await carryOver(tx, origin, codebook);
  await appendAct(tx, {
    actor: 'system',
    verb: 'configure',
    object: `codebook:${codebookVersion(codebook)}`,
    why: `a new version follows ${codebookVersion(origin)}`,
    detail: { from: codebookVersion(origin), judgements, carried, lost: { ...lost } },
  });
}

/** Versions of one codebook that are kept, the latest number first. */
export async function keptVersions(tx: Tx, name: string): Promise<readonly Codebook[]> {
  const stored = await listCodebooks(tx);
  return stored
    .map(({ body }) => body as unknown as Codebook)
    .filter((one) => one.name === name)
    .sort((left, right) => right.version - left.version);
}

function refusal(problems: readonly SuccessionProblem[], { path, text }: CodebookSource): DataSensError {
  const list = problems.map((one) => `  ${path}:${codebookLine(text, one.path)} ${one.path.join('.')}: ${one.message}`);
  return new DataSensError(
    'settings-invalid',
    `the codebook cannot follow what is kept, ${list.length} mistake(s):\n${list.join('\n')}`,
    { remedy: 'correct these lines; `datasens codebook check` says what a new version would carry over' },
  );
}
