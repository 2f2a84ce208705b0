// The corpus before it is written to files: every contribution with what is true of it.

import { giveAway, type Planted } from './people.ts';
import { CAMPAIGN, CAMPAIGN_FIRST, PHRASES, PRESS, type Tone } from './phrases.ts';
import { type Random, seeded } from './random.ts';
import { COMMUNES } from './slots.ts';
import { bruise, compose, fill, type Place } from './writing.ts';

export type SourceName = 'consultation' | 'ateliers' | 'application' | 'presse' | 'reclamations';

export interface Contribution {
  readonly source: SourceName;
  readonly key: string;
  readonly at: Date;
  readonly place: Place;
  readonly title: string | null;
  readonly text: string;
  readonly theme: string | null;
  readonly tone: Tone | null;
  readonly planted: readonly Planted[];
  /** Contributions of one group are copies of each other. */
  readonly copies: string | null;
}

const THEMES = Object.keys(PHRASES);
const START = Date.UTC(2026, 1, 2, 7);
const DAYS = 147;
const CAMPAIGN_START = Date.UTC(2026, 3, 13, 6);

const COUNTS: Readonly<Record<Exclude<SourceName, 'presse'>, number>> = {
  consultation: 400,
  ateliers: 210,
  application: 280,
  reclamations: 270,
};

/** The whole corpus, in order of date. Two contributions are alike only where `copies` says so. */
export function makeCorpus(seed = 2026): readonly Contribution[] {
  const random = seeded(seed);
  const novelty = openNovelty();
  const contributions: Contribution[] = [];
  const numbers: Record<SourceName, number> = {
    consultation: 1000,
    ateliers: 0,
    application: 50_000,
    presse: 0,
    reclamations: 0,
  };
  const keyOf = (source: SourceName) => {
    numbers[source] += 1;
    const number = numbers[source];
    if (source === 'ateliers') return `AT-${String(number).padStart(3, '0')}`;
    if (source === 'reclamations') return `R26-${String(number).padStart(4, '0')}`;
    return source === 'presse' ? `https://presse.val-clair.example/article-${number}` : String(number);
  };
  const add = (source: SourceName, rest: Omit<Contribution, 'source' | 'key'>) => {
    const contribution = { source, key: keyOf(source), ...rest };
    contributions.push(contribution);
    return contribution;
  };

  for (const [source, count] of Object.entries(COUNTS) as [Exclude<SourceName, 'presse'>, number][]) {
    for (let made = 0; made < count; made += 1) {
      const place = placeOf(random);
      const theme = random.chance(0.08) ? 'hors-theme' : random.pick(THEMES.slice(0, -1));
      const tone = toneOf(source, random);
      const text = novelty.fresh(() => bruise(compose(theme, tone, place, random), random), theme === 'hors-theme');
      const extra = random.chance(source === 'reclamations' ? 0.28 : 0.09) ? giveAway(place, random) : null;
      add(source, {
        at: dateOf(random),
        place,
        title:
          source === 'reclamations'
            ? random.pick(['Réclamation', 'Demande', 'Signalement', 'Question', 'Sans objet'])
            : null,
        text: extra ? `${text}\n${extra.sentence}` : text,
        theme,
        tone,
        planted: extra?.planted ?? [],
        copies: null,
      });
    }
  }
  addPress(random, add, novelty);
  addCampaign(random, add);
  addNearCopies(random, add, contributions);
  return contributions.sort((left, right) => left.at.getTime() - right.at.getTime() || (left.key < right.key ? -1 : 1));
}

type Add = (source: SourceName, rest: Omit<Contribution, 'source' | 'key'>) => Contribution;

function addPress(random: Random, add: Add, novelty: Novelty): void {
  for (let made = 0; made < 60; made += 1) {
    const [theme, tone, title, lead] = PRESS[made % PRESS.length]!;
    const place = placeOf(random);
    const text = novelty.fresh(() => fill(lead, place, random), true);
    add('presse', {
      at: dateOf(random),
      place,
      title: fill(title, place, random),
      text: `<p>${text}</p>`,
      theme,
      tone,
      planted: [],
      copies: null,
    });
  }
}

function addCampaign(random: Random, add: Add): void {
  const sources = ['consultation', 'application', 'reclamations'] as const;
  for (let made = 0; made < 150; made += 1) {
    const place = placeOf(random);
    const own = random.chance(0.6) ? `${fill(random.pick(CAMPAIGN_FIRST), place, random)} ` : '';
    const letter = random.chance(0.25) ? CAMPAIGN.replace('plus de trois cents', 'près de 300') : CAMPAIGN;
    const extra = random.chance(0.3) ? giveAway(place, random) : null;
    add(random.pick(sources), {
      at: new Date(CAMPAIGN_START + random.below(12 * 86_400) * 1000),
      place,
      title: null,
      text: `${own}${letter}${extra ? `\n${extra.sentence}` : ''}`,
      theme: null,
      tone: null,
      planted: extra?.planted ?? [],
      copies: 'campagne-halte',
    });
  }
}

/** The same person sends again, a little changed: case, accents, a word more at the end. */
function addNearCopies(random: Random, add: Add, contributions: Contribution[]): void {
  const long = contributions.filter(
    ({ text, copies, planted, source }) =>
      copies === null && planted.length === 0 && source !== 'presse' && text.length > 260,
  );
  for (let group = 0; group < 45; group += 1) {
    const original = long.splice(random.below(long.length), 1)[0]!;
    const name = `renvoi-${group}`;
    contributions[contributions.indexOf(original)] = { ...original, copies: name };
    for (let copy = 0; copy < 1 + random.below(2); copy += 1) {
      const text = random.pick([
        original.text,
        `${original.text} Merci de prendre en compte mon avis.`,
        original.text.toLowerCase(),
        `${original.text}\n(deuxième envoi)`,
        original.text.replace(/ +/g, '  '),
      ]);
      const { key: _key, source, ...rest } = original;
      const other = random.chance(0.6) ? source : random.pick(['consultation', 'application'] as const);
      add(other, {
        ...rest,
        title: other === 'reclamations' ? 'Relance' : null,
        text,
        copies: name,
        at: new Date(original.at.getTime() + random.below(400_000) * 1000),
      });
    }
  }
}

function placeOf(random: Random): Place {
  const [name, postcode] = random.pick(COMMUNES);
  return { name, postcode };
}

function toneOf(source: SourceName, random: Random): Tone {
  const value = random.next();
  if (source === 'reclamations') return value < 0.7 ? 'negatif' : value < 0.95 ? 'neutre' : 'positif';
  return value < 0.38 ? 'negatif' : value < 0.72 ? 'neutre' : 'positif';
}

function dateOf(random: Random): Date {
  return new Date(START + random.below(DAYS * 86_400) * 1000);
}

interface Novelty {
  /** Makes texts until one shares little with those before. Short ones need only be no exact copy. */
  fresh(make: () => string, short: boolean): string;
}

function openNovelty(): Novelty {
  const seen: ReadonlySet<string>[] = [];
  return {
    fresh(make, short) {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const text = make();
        const pieces = piecesOf(text);
        if (!seen.some((other) => resemblance(pieces, other) > (short ? 0.7 : 0.45))) {
          seen.push(pieces);
          return text;
        }
      }
      return make();
    },
  };
}

function piecesOf(text: string): ReadonlySet<string> {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return new Set(words.map((_, at) => words.slice(at, at + 3).join(' ')));
}

function resemblance(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let both = 0;
  for (const piece of left) if (right.has(piece)) both += 1;
  return both / (left.size + right.size - both);
}
