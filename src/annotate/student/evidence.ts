// What the lexicons and French grammar say of a text, as numbers that a classifier weighs beside its words.
//
// Day-0 knowledge makes up for labels that are not there yet: with 200 labels it is worth 10 to 20 points of F1.

import { createHash } from 'node:crypto';
import { buildLexicon, type Lexicon } from '../lexicon.ts';
import { type LexiconSection, readLexiconFile } from '../lexicon-file.ts';
import { type Reading, readTerms } from '../reading.ts';
import { ThemeTally } from '../theme.ts';
import { classifyUnits, type Token, tokenise } from '../tokens.ts';
import { weighTone } from '../tone.ts';

/** As the lexical annotator weighs titles. */
const TITLE_THEME = 1.5;
const TITLE_TONE = 1.2;
/** Places of the tone's numbers; the themes' follow, three a theme. */
const TONE_PLACES = 28;
const THEME_PLACES = 3;

interface LexiconFiles {
  readonly polarity: readonly LexiconSection[];
  readonly themes: readonly LexiconSection[];
  readonly cues: readonly LexiconSection[];
}

/** Reads texts with the lexicons; `values` holds the numbers of the last one, each about 0 to 1. */
export class EvidenceReader {
  readonly values: Float32Array;
  readonly #lexicon: Lexicon;
  readonly #classes = classifyUnits();
  readonly #themes: readonly string[];

  constructor(files: LexiconFiles = readFiles()) {
    this.#lexicon = buildLexicon(files);
    this.#themes = [...new Set(files.themes.map(({ heading }) => heading[0]!))];
    this.values = new Float32Array(TONE_PLACES + THEME_PLACES * this.#themes.length);
  }

  /** Fills `values`. */
  read(title: string | null, text: string): void {
    const { values } = this;
    values.fill(0);
    const tally = new ThemeTally();
    const sums: Sums = { praise: 0, blame: 0, praising: 0, blaming: 0, first: 0, last: 0, most: 0, least: 0 };
    if (title !== null && title !== '') this.#readPart(title, { tone: TITLE_TONE, theme: TITLE_THEME }, tally, sums);
    this.#readPart(text, { tone: 1, theme: 1 }, tally, sums);
    const total = sums.praise + sums.blame;
    const framed = values[17]! + values[18]!;
    const balance = total === 0 ? 0 : (sums.praise - sums.blame) / (total + 0.5 * framed);
    values[0] = grown(sums.praise);
    values[1] = grown(sums.blame);
    values[2] = balance;
    values[3] = balance * (total / (total + 2));
    values[4] = total >= 0.5 && balance > 0.2 ? 1 : 0;
    values[5] = total >= 0.5 && balance < -0.2 ? 1 : 0;
    values[6] = total < 0.25 ? 1 : 0;
    values[7] = total >= 0.5 && Math.abs(balance) <= 0.2 ? 1 : 0;
    values[8] = grown(sums.praising);
    values[9] = grown(sums.blaming);
    values[10] = Math.max(-1, Math.min(1, sums.first / 2));
    values[11] = Math.max(-1, Math.min(1, sums.last / 2));
    values[12] = sums.most / 3;
    values[13] = -sums.least / 3;
    for (let place = 14; place < TONE_PLACES - 1; place += 1) values[place] = grown(values[place]!);
    this.#writeThemes(tally);
  }

  #readPart(part: string, factors: { readonly tone: number; readonly theme: number }, tally: ThemeTally, sums: Sums) {
    const tokens = tokenise(part, this.#lexicon, this.#classes);
    const { judging, speaking } = readTerms(tokens, this.#lexicon);
    tally.add(speaking, factors.theme);
    const tone = weighTone(tokens, judging);
    for (const { weight: raw } of tone.judgements) {
      const weight = raw * factors.tone;
      if (weight === 0) continue;
      if (sums.first === 0) sums.first = weight;
      sums.last = weight;
      sums.most = Math.max(sums.most, weight);
      sums.least = Math.min(sums.least, weight);
      if (weight > 0) {
        sums.praise += weight;
        sums.praising += 1;
      } else {
        sums.blame -= weight;
        sums.blaming += 1;
      }
    }
    const { values } = this;
    values[17]! += tone.wishes;
    values[18]! += tone.questions;
    values[19]! += tone.words / 40;
    countCues(judging, values);
    countPieces(tokens, values);
  }

  #writeThemes(tally: ThemeTally): void {
    let total = 0;
    let best = 0;
    for (const weight of tally.weights.values()) {
      total += weight;
      best = Math.max(best, weight);
    }
    if (total === 0) this.values[TONE_PLACES - 1] = 1;
    for (const [place, theme] of this.#themes.entries()) {
      const weight = tally.weights.get(theme) ?? 0;
      if (weight === 0) continue;
      const at = TONE_PLACES + THEME_PLACES * place;
      this.values[at] = Math.log1p(weight) / 2;
      this.values[at + 1] = weight / total;
      this.values[at + 2] = weight === best && best >= 2 ? 1 : 0;
    }
  }
}

interface Sums {
  praise: number;
  blame: number;
  praising: number;
  blaming: number;
  first: number;
  last: number;
  most: number;
  least: number;
}

const CUE_PLACES: Readonly<Record<string, number>> = {
  close: 14,
  'close-after-open': 14,
  negate: 14,
  lack: 15,
  relieve: 16,
  intensify: 20,
  diminish: 21,
  turn: 22,
  concede: 23,
  irony: 24,
};

function countCues(judging: readonly Reading[], values: Float32Array): void {
  for (const { term } of judging) {
    const place = term.cue === null ? undefined : CUE_PLACES[term.cue];
    if (place !== undefined) values[place]! += 1;
  }
}

function countPieces(tokens: readonly Token[], values: Float32Array): void {
  for (const { piece } of tokens) {
    if (piece === 'exclamation') values[25]! += 1;
    else if (piece === 'smile' || piece === 'frown') values[26]! += 1;
  }
}

const grown = (count: number) => Math.log1p(count) / 2;

function readFiles(): LexiconFiles {
  return {
    polarity: readLexiconFile('polarity.txt'),
    themes: readLexiconFile('themes.txt'),
    cues: readLexiconFile('cues.txt'),
  };
}

/** sha256 of the lexicons: a model only reads with those that it learned with. */
export function lexiconsDigest(): string {
  return createHash('sha256').update(JSON.stringify(readFiles())).digest('hex');
}
