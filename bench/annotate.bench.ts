// Documents a second that the lexical annotator judges on one core, at three lengths, and the time it takes to get ready.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { compose } from '../examples/concertation/fabrique/writing.ts';
import lexical from '../src/annotate/annotators/lexical.ts';
import { parseCodebook } from '../src/annotate/codebook.ts';
import type { DocumentId } from '../src/model/identity.ts';
import { report } from './report.ts';

const CODEBOOK = join(import.meta.dirname, '../examples/concertation/grilles/barometre.yaml');
const TONES = ['negatif', 'neutre', 'positif'] as const;
const SECONDS = 2;

const codebook = parseCodebook(readFileSync(CODEBOOK, 'utf8'), CODEBOOK);
const begun = performance.now();
const annotator = await lexical.prepare(codebook, lexical.config.parse({}));
report({ name: 'annotate.lexical.prepare', value: performance.now() - begun, unit: 'ms', n: 1 });

for (const length of [100, 600, 5000]) {
  const documents = textsOf(length, 2000).map((text) => ({ id: '' as DocumentId, title: null, text, language: 'fr' }));
  for (const document of documents) await annotator.annotate(document);
  let n = 0;
  const start = performance.now();
  while (performance.now() - start < SECONDS * 1000) {
    // A round of 50 between two looks at the clock.
    for (let round = 0; round < 50; round += 1) {
      annotator.annotate(documents[n % documents.length]!);
      n += 1;
    }
  }
  const seconds = (performance.now() - start) / 1000;
  report({ name: `annotate.lexical.${length}`, value: n / seconds, unit: 'documents/s', n });
}

function textsOf(length: number, count: number): readonly string[] {
  const random = seeded(length);
  const themes = Object.keys(PHRASES);
  return Array.from({ length: count }, () => {
    const [name, postcode] = random.pick(COMMUNES);
    let text = '';
    while (text.length < length)
      text += `${compose(random.pick(themes), random.pick(TONES), { name, postcode }, random)} `;
    return text.slice(0, length);
  });
}
