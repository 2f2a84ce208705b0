// A fictive twelve-month concertation: the same 400 documents every time, from a seeded generator.

import { createHash } from 'node:crypto';
import { CAMPAIGN, DEPARTMENTS, THEMES, TONES } from './fixture-words.ts';

export interface FixtureDocument {
  readonly id: string;
  readonly source: string;
  readonly title: string | null;
  readonly text: string;
  readonly published: string;
  readonly week: string;
  readonly department: string | null;
  readonly language: string;
  readonly theme: string;
  readonly tone: string;
  readonly cluster: string | null;
  readonly clusterSize: number;
  readonly representative: boolean;
  readonly ordinal: number;
}

const SOURCES = ['concertation', 'reclamations', 'presse'] as const;
const FIRST_DAY = Date.UTC(2025, 8, 1);
const DAYS = 364;
const CAMPAIGN_SIZE = 38;

/** `extra` texts are added at the end as they are, under no theme. */
export function fixtureCorpus(size: number, extra: readonly string[] = []): readonly FixtureDocument[] {
  const random = generator(20260901);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const documents: FixtureDocument[] = [];
  const campaignId = hash('campaign-0');
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    const campaign = ordinal % 10 === 3 && ordinal < CAMPAIGN_SIZE * 10;
    // Volume rises in autumn and in spring, when the fictive public meetings are held.
    const day = Math.floor((campaign ? 0.62 + random() * 0.05 : seasonal(random())) * DAYS);
    const at = new Date(FIRST_DAY + day * 86_400_000);
    const theme = campaign ? THEMES[2]! : THEMES[Math.min(THEMES.length - 1, Math.floor(random() ** 1.25 * 13))]!;
    const tone = campaign ? TONES[0]! : TONES[[0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3][Math.floor(random() * 11)]!]!;
    const subject = pick(theme.subjects);
    const second = random() < 0.5 ? ` Je pense aussi à ${pick(THEMES[Math.floor(random() * 12)]!.subjects)}.` : '';
    const marks = random() < 0.12 ? ' Contact : [PERSONNE 1], [TÉLÉPHONE 1].' : '';
    const text = campaign ? CAMPAIGN : `${pick(tone.openings)} ${subject}.${second} ${pick(tone.endings)}${marks}`;
    documents.push({
      id: campaign && ordinal === 3 ? campaignId : hash(`document-${ordinal}`),
      source: campaign ? 'concertation' : pick([...SOURCES, 'concertation', 'concertation']),
      title: random() < 0.55 ? capitalise(subject.split(/[,:]/)[0]!) : null,
      text,
      ...datesOf(at),
      department: random() < 0.06 ? null : DEPARTMENTS[Math.floor(random() ** 1.6 * DEPARTMENTS.length)]!,
      language: random() < 0.02 ? 'br' : 'fr',
      theme: theme.id,
      tone: tone.id,
      cluster: campaign ? campaignId : null,
      clusterSize: campaign ? CAMPAIGN_SIZE : 1,
      representative: !campaign || ordinal === 3,
      ordinal,
    });
  }
  for (const [index, text] of extra.entries()) {
    documents.push({
      id: hash(`extra-${index}`),
      source: 'concertation',
      title: text.slice(0, 200),
      text,
      ...datesOf(new Date(FIRST_DAY)),
      department: null,
      language: 'und',
      theme: 'hors-theme',
      tone: 'abstention',
      cluster: null,
      clusterSize: 1,
      representative: true,
      ordinal: size + index,
    });
  }
  return documents;
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function datesOf(at: Date): { readonly published: string; readonly week: string } {
  const monday = new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * 86_400_000);
  return { published: at.toISOString().slice(0, 10), week: monday.toISOString().slice(0, 10) };
}

function seasonal(value: number): number {
  return value < 0.45 ? 0.05 + value * 0.6 : value < 0.85 ? 0.5 + (value - 0.45) * 0.7 : (value - 0.85) * 6.6;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** mulberry32: small, seeded, good enough for fictive texts. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
