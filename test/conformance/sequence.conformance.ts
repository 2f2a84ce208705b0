// The tagger in its own domain: persons, places and organisations of old press, read by OCR, found exactly.
// Neighbouring sentences are of one page: blocks of 250 are held out together.
//
// Then names beside the rules: in its own domain by what it said of pages it had not seen, and elsewhere, where it harms.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGazetteer } from '../../src/annotate/student/gazetteer.ts';
import { tagger } from '../../src/annotate/student/sequence-model.ts';
import { type MarkedText, type TrainedSequence, trainSequence } from '../../src/annotate/student/sequence-training.ts';
import type { Span } from '../../src/annotate/student/spans-of-tags.ts';
import type { NameFinder } from '../../src/refine/detector.ts';
import { knownWords } from '../../src/refine/names/lexicon.ts';
import { findPersonal } from '../../src/refine/personal.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';
import { type Marked, type Note, score } from './pii.conformance.ts';

const BLOCK = 250;
const LABELS = ['LOC', 'ORG', 'PER'];
const AIM = 0.75;
const SECONDS = 3;

const sequence: Conformance = async (data) => {
  const lines = readFileSync(join(data, 'language/ner-europeana-fr/all.jsonl'), 'utf8').trim().split('\n');
  const texts = lines.map((line, row) => textOf(JSON.parse(line) as Tagged, row));
  const gazetteer = buildGazetteer(knownWords());
  const trained = trainSequence(texts, { task: 'noms', codebook: 'conformance@1', labels: LABELS, gazetteer });
  const exact = trained.figures.perLabel.map(({ label, precision, recall, f1, support }) => {
    const met = label !== 'PER' ? '' : `; aim ${AIM} ${f1 >= AIM ? 'met' : 'MISSED'}`;
    const figure = `precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}${met}`;
    return { name: `sequence: ${label}`, passed: Math.round(recall * support), total: support, figure };
  });
  return [...exact, ...inDomain(texts, trained), ...elsewhere(data, trained), ...speed(texts, trained)];
};
export default sequence;

/** With what the tagger said of pages that it had not learned from. */
function inDomain(texts: readonly MarkedText[], { heldOut }: TrainedSequence): readonly ConformanceLine[] {
  const said = new Map(heldOut.map(({ id, labels }) => [id, labels]));
  const marked = (isHelped: boolean) =>
    texts.map(({ id, text, spans }): Marked => {
      const findNames = isHelped ? () => namesOf(said.get(id)!) : undefined;
      return { text, gold: spans.filter(({ label }) => label === 'PER'), spans: peopleOf(text, findNames) };
    });
  return [score('names, old press: rules', marked(false)), score('names, old press: with tagger', marked(true))];
}

/** Nothing here is of its domain. */
function elsewhere(data: string, { model }: TrainedSequence): readonly ConformanceLine[] {
  const find = finderOf(model);
  const lines: ConformanceLine[] = [];
  const file = join(data, 'pii/eds-pseudo-gold-fr.json');
  if (existsSync(file)) {
    const notes = JSON.parse(readFileSync(file, 'utf8')) as readonly Note[];
    const marked = (findNames?: NameFinder) =>
      notes.map(({ text, spans }): Marked => {
        const gold = spans.filter(({ label }) => label === 'NOM' || label === 'PRENOM');
        return { text, gold, spans: peopleOf(text, findNames) };
      });
    lines.push(score('names, notes: rules', marked()), score('names, notes: with tagger', marked(find)));
  }
  for (const [name, path] of [
    ['consultation', 'consultations/republique-numerique/arguments.csv'],
    ['tweets', 'language/sent3-tweets-umsab/train.jsonl'],
  ] as const) {
    if (!existsSync(join(data, path))) continue;
    const texts = readFileSync(join(data, path), 'utf8').split('\n');
    const words = texts.reduce((sum, text) => sum + (text.match(/\p{L}+/gu)?.length ?? 0), 0);
    const count = (findNames?: NameFinder) => texts.reduce((sum, text) => sum + peopleOf(text, findNames).length, 0);
    const [rules, both] = [count(), count(find)];
    const rate = (n: number) => ((1000 * n) / words).toFixed(2);
    const figure = `person marks per 1,000 words: ${rate(rules)} by rules, ${rate(both)} with the tagger`;
    lines.push({ name: `names, ${name}`, passed: rules, total: both, figure });
  }
  return lines;
}

function speed(texts: readonly MarkedText[], { model }: TrainedSequence): readonly ConformanceLine[] {
  const rate = (findNames?: NameFinder) => {
    const start = performance.now();
    let n = 0;
    while (performance.now() - start < SECONDS * 1000) {
      findPersonal(texts[n % texts.length]!.text, { authors: [], findNames });
      n += 1;
    }
    return n / ((performance.now() - start) / 1000);
  };
  rate(finderOf(model));
  const [rules, both] = [rate(), rate(finderOf(model))];
  const figure = `${Math.round(rules)} sentences/s by rules, ${Math.round(both)} with the tagger, on one core`;
  return [{ name: 'names, speed', passed: Math.round(both), total: Math.round(rules), figure }];
}

function finderOf(model: TrainedSequence['model']): NameFinder {
  const find = tagger(model);
  return (text) => find(text).flatMap((span) => (span.label === 'PER' ? [{ ...span, score: 1 }] : []));
}

/** `PER:4-12` */
function namesOf(spelled: readonly string[]): ReturnType<NameFinder> {
  return spelled.flatMap((one) => {
    const [label, place] = one.split(':') as [string, string];
    const [start, end] = place.split('-').map(Number) as [number, number];
    return label === 'PER' ? [{ start, end, score: 1 }] : [];
  });
}

const peopleOf = (text: string, findNames?: NameFinder) =>
  findPersonal(text, { authors: [], findNames }).filter(({ kind }) => kind === 'person');

interface Tagged {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

function textOf({ tokens, tags }: Tagged, row: number): MarkedText {
  let text = '';
  const spans: { start: number; end: number; label: Span['label'] }[] = [];
  for (const [place, token] of tokens.entries()) {
    if (place > 0) text += ' ';
    const start = text.length;
    text += token;
    const label = tags[place]!.slice(2);
    if (label === '') continue;
    // The set has no tag for a beginning: neighbours of one label are one.
    if (tags[place - 1] === tags[place]) spans.at(-1)!.end = text.length;
    else spans.push({ start, end: text.length, label });
  }
  const keys = [`page ${Math.floor(row / BLOCK)}`];
  return { id: `s${String(row).padStart(6, '0')}`, text, spans, keys, person: true };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
