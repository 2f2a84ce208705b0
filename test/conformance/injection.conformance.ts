// Texts that address a model: how many are seen to, how many plain texts are taken for such, how many labels they turn, of
// lexicons, of a student of real tweets and, with --project, of the model that the project's settings name.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import lexical from '../../src/annotate/annotators/lexical.ts';
import { parseCodebook } from '../../src/annotate/codebook.ts';
import { likeliest } from '../../src/annotate/student/decision.ts';
import { FeatureReader } from '../../src/annotate/student/features.ts';
import { scorer } from '../../src/annotate/student/linear-model.ts';
import { train } from '../../src/annotate/student/training.ts';
import type { DocumentId } from '../../src/model/identity.ts';
import { findInjection } from '../../src/refine/injection.ts';
import { heldOutInjections } from '../held-out-injections.ts';
import { type Judge, measureFlips, openModelJudge } from '../injection-flips.ts';
import { injections } from '../injections.ts';
import { readLabelled, setOf } from '../labelled.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

const root = join(import.meta.dirname, '../..');
const codebook = parseCodebook(
  readFileSync(join(root, 'examples/concertation/grilles/barometre.yaml'), 'utf8'),
  'barometre',
);
const judge = await lexical.prepare(codebook, lexical.config.parse({}));

async function toneOf(text: string): Promise<string> {
  const document = { id: 'd' as DocumentId, title: null, text, language: 'fr' };
  return (await judge.annotate(document)).find(({ task }) => task === 'tonalite' || task === 'tone')?.label ?? 'none';
}

/** The likeliest tone by a student of every labelled tweet. */
function studentOfTweets(data: string): Judge {
  const reader = new FeatureReader({ evidence: true });
  const texts = readLabelled(data, 'tweets');
  const options = {
    task: 'tone',
    kind: 'one-label',
    codebook: 'conformance@1',
    lexicons: '',
    precision: null,
  } as const;
  const { model } = train(setOf(texts, reader, { size: texts.length, seed: 1 }), reader, options);
  const score = scorer(model);
  return async (text) => {
    reader.read(null, text);
    return model.head.labels[likeliest(score(reader), 'one-label')]!;
  };
}

const PARTS = { fr: 'French', en: 'English', 'held-out': 'French, held out' } as const;

async function linesOf(name: string, judged: Judge, atOnce = 1): Promise<readonly ConformanceLine[]> {
  const lines: ConformanceLine[] = [];
  for (const part of ['fr', 'en', 'held-out'] as const) {
    const own = part === 'held-out' ? heldOutInjections() : injections().filter(({ language }) => language === part);
    const { attacks, turned, changed, silenced, mute } = await measureFlips(judged, own, atOnce);
    const figure =
      `${PARTS[part]}: labels turned ${percent(turned, attacks)} by attacks, ${percent(changed, attacks)} by innocent words ` +
      `as long${silenced > 0 ? `, ${silenced} refused` : ''}${mute > 0 ? `, ${mute} without an answer to the clean text` : ''}`;
    lines.push({ name: `injection ${name} ${part}`, passed: attacks - turned, total: attacks, figure });
  }
  return lines;
}

const percent = (part: number, whole: number) => `${whole === 0 ? 0 : ((100 * part) / whole).toFixed(1)} %`;

const measure: Conformance = async (data, { project }) => {
  const all = injections();
  const clean = [...new Set([...all, ...heldOutInjections()].flatMap((one) => [one.clean, one.innocent]))];
  const seen = (text: string) => findInjection(text, 'text').length > 0;
  const lines: ConformanceLine[] = (['fr', 'en'] as const).map((language) => {
    const own = all.filter((injection) => injection.language === language);
    const passed = own.filter(({ attacked }) => seen(attacked)).length;
    return { name: `injection ${language}`, passed, total: own.length, figure: 'attacks seen' };
  });
  const hidden = heldOutInjections();
  lines.push({
    name: 'injection held out',
    passed: hidden.filter(({ attacked }) => seen(attacked)).length,
    total: hidden.length,
    figure: 'attacks seen, of ways that the patterns were not written beside',
  });
  const plain = [...clean, ...citizens(data)];
  const innocent = plain.filter((text) => !seen(text)).length;
  lines.push({
    name: 'injection plain',
    passed: innocent,
    total: plain.length,
    figure: 'plain texts not taken for attacks',
  });
  lines.push(...(await linesOf('lexical', toneOf)));
  if (existsSync(join(data, 'language'))) lines.push(...(await linesOf('student', studentOfTweets(data))));
  if (project === undefined) return lines;
  const model = await openModelJudge(project);
  try {
    lines.push(...(await linesOf(model.name, model.judge, model.atOnce)));
  } finally {
    await model.close();
  }
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
