// Prepares what inspect needs: plugins, and the lexical annotator on the project's codebook or the one of the example.

import { join } from 'node:path';
import { parseCodebook } from '../annotate/codebook.ts';
import { DataSensError } from '../model/error.ts';
import { readCodebook } from './codebook-file.ts';
import { readTextFile } from './input-file.ts';
import { type Inspected, type InspectRequest, inspect } from './inspect.ts';
import { loadAnnotators, loadCollectors, pick } from './plugins.ts';
import { openProject } from './project.ts';

const EXAMPLE_CODEBOOK = join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml');

/** Inspects paths relative to `root`; inside a project its codebook is used, elsewhere the example's. */
export async function openInspection(
  request: InspectRequest,
  root: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Inspected>> {
  const collectors = await loadCollectors();
  const annotates = request.until === 'annotate' || request.until === 'govern';
  const annotator = annotates ? await prepareLexical(root) : null;
  return inspect(request, { collectors, annotator, clock: () => new Date(), signal, root });
}

async function prepareLexical(root: string) {
  const annotator = pick(await loadAnnotators(), 'lexical', 'annotator');
  return { name: 'lexical', prepared: await annotator.prepare(codebookOf(root), annotator.config.parse({})) };
}

function codebookOf(root: string) {
  try {
    const codebook = readCodebook(openProject(root));
    if (codebook !== null) return codebook;
  } catch (error) {
    if (!(error instanceof DataSensError) || error.code !== 'settings-missing') throw error;
  }
  return parseCodebook(readTextFile(EXAMPLE_CODEBOOK, 'barometre.yaml'), 'barometre.yaml');
}
