// Themes beside a plain k-means on the same vectors, against labels that neither saw: planted, of sentences, of a real debate.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { ReadText } from '../../src/annotate/themes/assessment.ts';
import type { DocumentId } from '../../src/model/identity.ts';
import { readLabelled } from '../labelled.ts';
import { compareThemes, scoreWords } from '../theme-scores.ts';
import { plantUnseen } from '../unseen-themes.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

const PLANTED = 1500;
/** Proposals with fewer arguments are left out: few large classes, then many smaller ones. */
const FEWEST_ARGUMENTS = [100, 40];

const themes: Conformance = async (data) => {
  const planted = plantUnseen(PLANTED, 2027);
  // Texts of two themes are learned from, and not scored: each method gives one class here.
  const labels = planted.truth.map((names) => (names.size > 1 ? null : ([...names][0] ?? 'none')));
  const lines = compared('planted, other words', planted.texts, labels);
  if (existsSync(join(data, 'language/topic-sib200-fra'))) {
    const topics = readLabelled(data, 'topics');
    lines.push(
      ...compared(
        'sentences by topic',
        topics.map(({ text }) => readText(text)),
        topics.map(({ label }) => label),
      ),
    );
  }
  const debate = join(data, 'consultations/republique-numerique/arguments.csv');
  if (existsSync(debate)) {
    for (const fewest of FEWEST_ARGUMENTS) {
      lines.push(...compared(`arguments, ${fewest} a proposal`, ...argumentsOf(debate, fewest)));
    }
  }
  return lines;
};
export default themes;

/** Arguments of real people, labelled by the proposal that each answers: those of the proposals most spoken of. */
function argumentsOf(file: string, fewest: number): [ReadText[], string[]] {
  const options = { delimiter: ';', header: true, skipEmptyLines: true } as const;
  const { data } = Papa.parse<Record<string, string>>(readFileSync(file, 'utf8').slice(1), options);
  const sizes = new Map<string, number>();
  for (const { Proposition = '' } of data) sizes.set(Proposition, (sizes.get(Proposition) ?? 0) + 1);
  const kept = data.filter(({ Proposition = '' }) => sizes.get(Proposition)! >= fewest);
  return [kept.map(({ Contribution = '' }) => readText(Contribution)), kept.map(({ Proposition = '' }) => Proposition)];
}

function readText(text: string): ReadText {
  return { id: createHash('sha256').update(text).digest('hex') as DocumentId, text, copies: 1 };
}

/** Passed where themes are not below k-means by NMI, on the texts that both gave a class. */
function compared(name: string, texts: readonly ReadText[], labels: readonly (string | null)[]): ConformanceLine[] {
  const { themes, kMeans, covered } = compareThemes(texts, labels);
  const scored = labels.filter((label) => label !== null);
  const classes = new Set(scored).size;
  const line = (what: string, figure: string, passed = 1) => ({
    name: `themes: ${name}`,
    passed,
    total: 1,
    figure: `${what}: ${figure}`,
  });
  const share = `${Math.round(covered.share * 100)} % of ${scored.length} texts, ${classes} classes`;
  return [
    line('themes, all', scoreWords(themes)),
    line('k-means, all', scoreWords(kMeans)),
    line(`themes, on ${share}`, scoreWords(covered.themes), covered.themes.nmi >= covered.kMeans.nmi ? 1 : 0),
    line('k-means, on the same', scoreWords(covered.kMeans)),
  ];
}
