// Ideas that their writer announced: "d'une part … d'autre part", "premièrement", "d'abord … enfin".

import { foldLetters } from './date-words.ts';
import { splitSentences } from './sentences.ts';

/** Series of announcements, each member a further idea. Folded text; the first member must be there. */
const SERIES: readonly (readonly string[])[] = [
  ["d'une part", "d'autre part"],
  [
    'premierement|primo|1erement',
    'deuxiemement|secundo|2emement',
    'troisiemement|tertio',
    'quatriemement',
    'cinquiemement',
  ],
  [
    '(?:en )?premier lieu|premier point',
    '(?:en )?(?:deuxieme|second) lieu|(?:deuxieme|second) point',
    '(?:en )?troisieme lieu|troisieme point',
    '(?:en )?dernier lieu|dernier point',
  ],
  ["(?:tout )?d'abord|pour commencer", 'ensuite|puis|deuxiemement', 'enfin|pour finir|finalement'],
  ['firstly|first of all|first', 'secondly|second|then', 'thirdly|third', 'finally|lastly'],
  ['on the one hand', 'on the other hand'],
];
/** At the start of a sentence only: they turn to something else by themselves. */
const TURNS =
  'par ailleurs|autre (?:sujet|point|chose|remarque|probleme)|second sujet|deuxieme sujet|sur un autre sujet|sans rapport';

const GATE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${SERIES.map(([first]) => first).join('|')}|${TURNS})(?![\\p{L}\\p{N}])`,
  'u',
);
/** A piece of every first member and turn, whatever the case and accents: spares most texts the folding. */
const HINT =
  /une part|premi[eè]rement|primo|1[eè]rement|premier|abord|commencer|first|one hand|ailleurs|autre |sujet|rapport/i;

/** Before the word at the start of a sentence: a conjunction, a number, a bullet. */
const LEAD = '^[\\s«"“(•*–—-]{0,6}(?:(?:et|mais|donc|alors|bonjour),? )?';

const OPENINGS = SERIES.map((members) =>
  members.map((member) => new RegExp(`${LEAD}(?:${member})(?![\\p{L}\\p{N}])`, 'u')),
);
const TURN = new RegExp(`${LEAD}(?:${TURNS})(?![\\p{L}\\p{N}])`, 'u');
/** These are also said within a sentence. */
const WITHIN = [/(?<![\p{L}\p{N}])d'une part(?!\p{L})/u, /(?<![\p{L}\p{N}])(?:et )?d'autre part(?!\p{L})/gu] as const;

const LEAD_LENGTH = 60;

/** Where announced ideas begin; empty where fewer than two are. */
export function markerStarts(text: string): number[] {
  if (!HINT.test(text)) return [];
  const folded = foldLetters(text);
  if (!GATE.test(folded)) return [];
  const sentences = splitSentences(text);
  const openings = sentences.map(({ start }) => folded.slice(start, start + LEAD_LENGTH));
  for (const members of OPENINGS) {
    const starts = seriesStarts(members, openings);
    if (starts.length >= 2) return starts.map((at) => sentences[at]!.start);
  }
  const within = withinStarts(folded);
  if (within.length >= 2) return within;
  const turns = sentences.filter((_, at) => at > 0 && TURN.test(openings[at]!)).map(({ start }) => start);
  return turns.length === 0 ? [] : [0, ...turns];
}

/** Indexes of the sentences that open with the members in their order; a member may be left out, the first may not. */
function seriesStarts(members: readonly RegExp[], openings: readonly string[]): number[] {
  const starts: number[] = [];
  let next = 0;
  for (const [at, opening] of openings.entries()) {
    const member = members.findIndex((pattern, rank) => rank >= next && pattern.test(opening));
    if (member < 0 || (starts.length === 0 && member !== 0)) continue;
    starts.push(at);
    next = member + 1;
  }
  return starts;
}

function withinStarts(folded: string): number[] {
  const first = WITHIN[0].exec(folded);
  if (first === null) return [];
  const others = Array.from(folded.matchAll(WITHIN[1]), ({ index }) => index).filter((index) => index > first.index);
  return others.length === 0 ? [] : [first.index, ...others];
}
