// Copies found among texts: pairs within known clusters, after the same refining as real documents get; and citizens'
// arguments edited here in the ways people edit what they copy.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Item } from '../../src/model/item.ts';
import { DEFAULT_RECIPE } from '../../src/model/recipe.ts';
import { clusterTexts, relateTexts } from '../../src/refine/copies.ts';
import { pseudonymise } from '../../src/refine/pseudonymise.ts';
import { refine } from '../../src/refine/refine.ts';
import { signatureOf } from '../../src/refine/signature.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';
import { formLetters } from './form-letters.ts';

interface Text {
  readonly id: string;
  readonly text: string;
}

const verbose = process.argv.includes('--verbose');

const dedup: Conformance = async (data) => {
  const docs = lines(join(data, 'dedup/docs.jsonl')).map((line) => JSON.parse(line) as Text);
  const clusters = JSON.parse(
    readFileSync(join(data, 'dedup/clusters.json'), 'utf8'),
  ) as readonly (readonly string[])[];
  const articles = lines(join(data, 'dedup/minhash-articles/articles_100.train')).map((line) => ({
    id: line.slice(0, line.indexOf(' ')),
    text: line.slice(line.indexOf(' ') + 1),
  }));
  const twins = lines(join(data, 'dedup/minhash-articles/articles_100.truth')).map((line) => line.trim().split(/\s+/));
  const refined = docs.map(({ id, text }) => ({ id, text: refinedText(text) }));
  return [
    pairs('dedup: pairs of edited copies', refined, clusters),
    // The list of clusters holds one text under two names: nobody could tell these apart by what they say.
    pairs('dedup: same, text listed twice joined', refined, withoutTwins(docs, clusters)),
    pairs('dedup: pairs of articles', articles, twins),
    ...edited(join(data, 'consultations/republique-numerique/arguments.csv')),
    ...partial(),
    speed([...refined, ...articles]),
  ];
};

/** Clusters joined where a text of one shares 95 % of its runs of three words with a text of the other, as written. */
function withoutTwins(docs: readonly Text[], clusters: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const runs = new Map(docs.map(({ id, text }) => [id, runsOf(text)]));
  const joined: string[][] = [];
  for (const cluster of clusters) {
    const twin = joined.find((other) =>
      other.some((a) => cluster.some((b) => shareOf(runs.get(a)!, runs.get(b)!) >= 0.95)),
    );
    if (twin === undefined) joined.push([...cluster]);
    else twin.push(...cluster);
  }
  return joined;
}

function runsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(0, -2).map((_, at) => words.slice(at, at + 3).join(' ')));
}

function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = a.intersection(b).size;
  return shared / Math.max(1, a.size + b.size - shared);
}

/** What people do to a text that they copy. `chance` returns numbers from 0 to 1, the same ones in every run. */
const EDITS: Readonly<Record<string, (text: string, chance: () => number) => string>> = {
  'capitals without accents': (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase(),
  'mark-up and entities': (text) => `<p>${text.replaceAll('é', '&eacute;').replace(/\n+/g, '</p><p>')}</p>`,
  'double encoding': (text) => Buffer.from(text, 'utf8').toString('latin1'),
  'cut at three quarters': (text) => text.slice(0, Math.ceil(text.length * 0.75)),
  'one word in twelve left out': (text, chance) => wordsOf(text, (word) => (chance() < 1 / 12 ? '' : word)),
  'one word in ten replaced': (text, chance) => wordsOf(text, (word) => (chance() < 0.1 ? 'vraiment' : word)),
  'one letter in a hundred mistyped': (text, chance) => text.replace(/\p{L}/gu, (l) => (chance() < 0.01 ? 'e' : l)),
  'signed and dated': (text) => `${text}\n\nCamille Fictif, le 12 mai 2026`,
};

const OPENING =
  "Madame, Monsieur, je me permets de vous écrire dans le cadre de la consultation ouverte par votre collectivité, à laquelle je participe en tant qu'habitant du territoire depuis de nombreuses années.";
const CLOSING =
  "Je vous remercie de l'attention que vous porterez à ma contribution et vous prie d'agréer, Madame, Monsieur, l'expression de mes salutations distinguées.";

/** Each argument beside one edit of it, among all the others; then letters that share but their opening and closing. */
function edited(path: string): readonly ConformanceLine[] {
  const rows = Papa.parse<{ Contribution?: string }>(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), {
    delimiter: ';',
    header: true,
    skipEmptyLines: true,
  }).data;
  const given = [...new Set(rows.map(({ Contribution }) => Contribution?.trim() ?? ''))];
  const long = given.filter((text) => /^(?:\S+\s+){19}/.test(text) && text.length < 4000);
  const kinds = Object.keys(EDITS);
  let seed = 20260512;
  const chance = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const copies = long.slice(0, 800).map((text, at) => ({ kind: kinds[at % kinds.length]!, at, text }));
  const found = clusterTexts([
    ...long.map((text, at) => ({ id: `${at}`, text: refinedText(text) })),
    ...copies.map(({ kind, at, text }) => ({ id: `copy ${at}`, text: refinedText(EDITS[kind]!(text, chance)) })),
  ]);
  const missed = copies.filter(({ at }) => !found.has(`${at}`) || found.get(`${at}`) !== found.get(`copy ${at}`));
  const figure = kinds
    .filter((kind) => missed.some((copy) => copy.kind === kind))
    .map((kind) => `${kind}: ${missed.filter((copy) => copy.kind === kind).length} missed`)
    .join(', ');
  const apart = long.filter((text) => text.length > 300 && text.length < 450);
  const alone = clusterTexts(apart.map((text) => ({ id: text, text: refinedText(text) })));
  const bodies = apart.filter((text) => !alone.has(text));
  const joined = clusterTexts(
    bodies.map((text) => ({ id: text, text: refinedText(`${OPENING} ${text} ${CLOSING}`) })),
  ).size;
  return [
    {
      name: 'dedup: arguments and an edit of each',
      passed: copies.length - missed.length,
      total: copies.length,
      figure,
    },
    {
      name: 'dedup: letters of one form kept apart',
      passed: bodies.length - joined,
      total: bodies.length,
      figure: 'same opening and closing, other body of 300 to 450 characters',
    },
  ];
}

/** Fillings of one form letter beside letters of strangers: who shares a model, by pairs; whether that makes them near copies. */
function partial(): readonly ConformanceLine[] {
  const letters = formLetters().map((letter) => ({ ...letter, text: refinedText(letter.text) }));
  const { clusters, models } = relateTexts(letters);
  const together = (groups: ReadonlyMap<string, string>, a: string, b: string) =>
    groups.has(a) && groups.get(a) === groups.get(b);
  const counts = { right: 0, wrong: 0, missed: 0, folded: 0 };
  for (const [at, a] of letters.entries()) {
    for (const b of letters.slice(at + 1)) {
      const same = a.form !== null && a.form === b.form;
      const found = together(models, a.id, b.id);
      if (found && same) counts.right += 1;
      else if (found) counts.wrong += 1;
      else if (same) counts.missed += 1;
      if (!same && together(clusters, a.id, b.id)) counts.folded += 1;
      if (verbose && found !== same)
        console.error(`form letters: ${a.kind} / ${b.kind} ${found ? 'joined' : 'missed'}`);
    }
  }
  const { right, wrong, missed, folded } = counts;
  const strangers = letters.filter(({ form }) => form === null);
  const apart = strangers.filter(({ id }) => !models.has(id)).length;
  const precision = (right / Math.max(1, right + wrong)).toFixed(3);
  const recall = (right / Math.max(1, right + missed)).toFixed(3);
  const f1 = ((2 * right) / Math.max(1, 2 * right + wrong + missed)).toFixed(3);
  return [
    {
      name: 'dedup: pairs that fill in one form',
      passed: right,
      total: right + missed,
      figure: `precision ${precision}, recall ${recall}, F1 ${f1}; own paragraphs, reorderings, changed words`,
    },
    {
      name: 'dedup: strangers in no form',
      passed: apart,
      total: strangers.length,
      figure: `same greetings and closings, same quoted article, same slogan; ${folded} pairs folded as copies`,
    },
  ];
}

function wordsOf(text: string, change: (word: string) => string): string {
  return text.split(/\s+/).map(change).filter(Boolean).join(' ');
}

function refinedText(text: string): string {
  const item: Item = {
    id: null,
    title: null,
    text,
    textFormat: 'auto',
    url: null,
    authors: [],
    publishedAt: null,
    territory: null,
    fields: [],
    findings: [],
  };
  const refined = refine(item, DEFAULT_RECIPE, { charset: 'utf-8', collectedAt: null });
  return pseudonymise(refined, {}, DEFAULT_RECIPE).text;
}

function pairs(name: string, texts: readonly Text[], truth: readonly (readonly string[])[]): ConformanceLine {
  const expected = new Map(truth.flatMap((cluster, at) => cluster.map((id) => [id, at] as const)));
  const found = clusterTexts(texts);
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const [at, { id: a }] of texts.entries()) {
    for (const { id: b } of texts.slice(at + 1)) {
      const together = found.has(a) && found.get(a) === found.get(b);
      const copies = expected.has(a) && expected.get(a) === expected.get(b);
      if (together && copies) right += 1;
      else if (together) wrong += 1;
      else if (copies) missed += 1;
      if (together !== copies && verbose) console.error(`${name}: ${a} ${b} ${together ? 'joined' : 'missed'}`);
    }
  }
  const precision = right / Math.max(1, right + wrong);
  const recall = right / Math.max(1, right + missed);
  const f1 = (2 * right) / Math.max(1, 2 * right + wrong + missed);
  const figure = `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`;
  return { name, passed: right, total: right + missed, figure };
}

function speed(texts: readonly Text[]): ConformanceLine {
  for (const { text } of texts) signatureOf(text);
  const rounds = 10;
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) for (const { text } of texts) signatureOf(text);
  const perSecond = Math.round((rounds * texts.length) / ((performance.now() - start) / 1000));
  const length = Math.round(texts.reduce((sum, { text }) => sum + text.length, 0) / texts.length);
  const figure = `${perSecond} signatures/s on one core at ${length} characters`;
  return { name: 'dedup: speed', passed: texts.length, total: texts.length, figure };
}

function lines(path: string): readonly string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

export default dedup;
