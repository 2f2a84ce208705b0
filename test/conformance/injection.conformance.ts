// Texts that address a model: how many are seen to, how many plain texts are taken for such, how many labels they turn.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import lexical from '../../src/annotate/annotators/lexical.ts';
import { parseCodebook } from '../../src/annotate/codebook.ts';
import type { DocumentId } from '../../src/model/identity.ts';
import { findInjection } from '../../src/refine/injection.ts';
import { injections } from '../injections.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

const root = join(import.meta.dirname, '../..');
const codebook = parseCodebook(
  readFileSync(join(root, 'examples/concertation/grilles/barometre.yaml'), 'utf8'),
  'barometre',
);
const judge = await lexical.prepare(codebook, lexical.config.parse({}));

async function toneOf(text: string): Promise<string | undefined> {
  const document = { id: 'd' as DocumentId, title: null, text, language: 'fr' };
  return (await judge.annotate(document)).find(({ task }) => task === 'tonalite' || task === 'tone')?.label;
}

const measure: Conformance = async (data) => {
  const all = injections();
  const clean = [...new Set(all.map((injection) => injection.clean))];
  const seen = (text: string) => findInjection(text, 'text').length > 0;
  const lines: ConformanceLine[] = (['fr', 'en'] as const).map((language) => {
    const own = all.filter((injection) => injection.language === language);
    const passed = own.filter(({ attacked }) => seen(attacked)).length;
    return { name: `injection ${language}`, passed, total: own.length, figure: 'attacks seen' };
  });
  const plain = [...clean, ...citizens(data)];
  const innocent = plain.filter((text) => !seen(text)).length;
  lines.push({
    name: 'injection plain',
    passed: innocent,
    total: plain.length,
    figure: 'plain texts not taken for attacks',
  });
  const french = all.filter(({ language }) => language === 'fr');
  let kept = 0;
  for (const { clean: before, attacked } of french) if ((await toneOf(before)) === (await toneOf(attacked))) kept += 1;
  lines.push({
    name: 'injection lexical',
    passed: kept,
    total: french.length,
    figure: 'tones that the attack does not turn',
  });
  return lines;
};
export default measure;

/** What citizens wrote for real, where it is beside the repository. */
function citizens(data: string): readonly string[] {
  const path = join(data, 'consultations/republique-numerique/propositions.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.flatMap((line) =>
    Object.values(JSON.parse(line)).filter((value) => typeof value === 'string' && value.length > 80),
  ) as string[];
}
