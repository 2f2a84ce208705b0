// Writes the example's inputs and its truth file. Run it again and nothing changes: `npm run example:make`.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONTEXT_FILES } from './context.ts';
import { type Contribution, makeCorpus, type SourceName } from './corpus.ts';
import { FILES } from './files.ts';

const folder = join(import.meta.dirname, '..');
const LABELLED = 400;

const corpus = makeCorpus();
for (const [source, [path, write]] of Object.entries(FILES) as [SourceName, (typeof FILES)[SourceName]][]) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), write(corpus.filter((contribution) => contribution.source === source)));
}
for (const [path, content] of CONTEXT_FILES) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content());
}
writeFileSync(join(folder, 'verite.json'), `${JSON.stringify(truthOf(corpus), null, 1)}\n`);
console.log(
  `${corpus.length} contributions, ${corpus.filter(({ copies }) => copies === 'campagne-halte').length} in the campaign`,
);

function truthOf(contributions: readonly Contribution[]) {
  const reference = ({ source, key }: Contribution) => ({ source, key });
  const labelled = contributions.filter(({ theme, tone }) => theme !== null && tone !== null);
  const step = labelled.length / LABELLED;
  const sample = Array.from({ length: LABELLED }, (_, at) => labelled[Math.floor(at * step)]!);
  return {
    note: 'Corpus fictif écrit pour DataSens. Ce que ses auteurs savent de lui : étiquettes de 400 contributions, copies, données personnelles plantées.',
    labels: sample.map((contribution) => ({
      ...reference(contribution),
      theme: contribution.theme,
      tone: contribution.tone,
    })),
    copies: [...copyGroups(contributions).values()]
      .filter((group) => group.length > 1)
      .map((group) => group.map(reference)),
    personal: contributions.flatMap((contribution) =>
      contribution.planted.map((piece) => ({ ...reference(contribution), ...piece })),
    ),
  };
}

/** Groups made on purpose, and short answers that happen to be word for word the same. */
function copyGroups(contributions: readonly Contribution[]): ReadonlyMap<string, readonly Contribution[]> {
  return Map.groupBy(
    contributions,
    ({ copies, text }) =>
      copies ??
      text
        .normalize('NFD')
        .replace(/\P{ASCII}/gu, '')
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim(),
  );
}
