// The expressions that name an hour in a French sentence.

import { hourOf } from './date-forms.ts';
import { type DateParts, isTime } from './date-parts.ts';
import { ZONES } from './date-words.ts';

export interface TimeAtom {
  readonly start: number;
  readonly end: number;
  readonly from: Partial<DateParts>;
  readonly to: Partial<DateParts> | null;
  /** True for "ce matin", which says the day as well. */
  readonly today: boolean;
}

const ZONE = String.raw`(?:\s(?<zone>cest|cet|gmt|utc|edt|pst|pdt|bst|est(?=\s?$)))?`;
const HALF = String.raw`[ap]\.?m\.?|[ap]|mp`;
const HOUR = String.raw`(?:(?:a|des|vers)\s)?(?<hour>\d{1,2})\s?(?:(?:h|:)\s?(?<minute>\d{2})(?:(?:m|min|:)(?<second>\d{2})s?)?\s?(?<half>${HALF})?|h|heures?|(?<dotted>[.]\d{2})\s?(?<dothalf>[ap]\.?m\.?)|(?<glued>\d{2})?\s?(?<purehalf>[ap]\.?m\.?))${ZONE}`;
const UNTIL = String.raw`\s?(?:-|a|au|jusqu'a)\s?(?<hour2>\d{1,2})\s?(?:[h:.]?\s?(?<minute2>\d{2}))?\s?(?:h(?:eures?)?)?\s?(?<half2>[ap]\.?m\.?)?`;
const NOT_BEFORE = String.raw`(?<![\d\p{L}:.,/-])`;
const NOT_AFTER = String.raw`(?![\d\p{L}:]|[./-]\d)`;

const RANGE = new RegExp(`${NOT_BEFORE}(?:de\\s)?${HOUR}${UNTIL}${NOT_AFTER}`, 'gu');
const BARE_RANGE = new RegExp(
  String.raw`${NOT_BEFORE}(?<hour>\d{1,2})\s?(?:-|a)\s?(?<hour2>\d{1,2})(?:(?<minute2>\d{2})?\s?(?<half2>[ap]m)|h(?<min2>\d{2})?)${NOT_AFTER}`,
  'gu',
);
const SINGLE = new RegExp(`${NOT_BEFORE}${HOUR}${NOT_AFTER}`, 'gu');
const NAMED = new RegExp(
  String.raw`${NOT_BEFORE}(?:(?:(?<this>ce|cet|cette)\s)?(?<part>matin|apres-midi|soir|nuit)(?:\sa\s(?<hour>\d{1,2}))?|(?:a\s)?(?<exact>midi|minuit))${NOT_AFTER}`,
  'gu',
);

const PARTS: ReadonlyMap<string, number> = new Map([
  ['matin', 8],
  ['apres-midi', 14],
  ['soir', 18],
  ['nuit', 22],
]);

type Groups = Readonly<Record<string, string | undefined>>;

/** Every time atom of folded text, overlapping ones included; hours that no clock shows are none. */
export function timeAtoms(folded: string): TimeAtom[] {
  const atoms: TimeAtom[] = [];
  const collect = (pattern: RegExp, read: (groups: Groups) => Omit<TimeAtom, 'start' | 'end'> | null): void => {
    for (const match of folded.matchAll(pattern)) {
      const value = read(match.groups ?? {});
      if (value !== null) atoms.push({ ...value, start: match.index, end: match.index + match[0].trimEnd().length });
    }
  };
  collect(RANGE, range);
  collect(BARE_RANGE, range);
  collect(SINGLE, (groups) => {
    const from = single(groups);
    return from === null ? null : { from, to: null, today: false };
  });
  collect(NAMED, namedPart);
  return atoms;
}

function single(groups: Groups): Partial<DateParts> | null {
  const half = (groups.half ?? groups.dothalf ?? groups.purehalf)?.replace('mp', 'pm');
  const hour = hourOf(Number(groups.hour), half);
  const minute = Number(groups.minute ?? groups.dotted?.slice(1) ?? groups.glued ?? 0);
  const time = { hour, minute, second: Number(groups.second ?? 0) };
  if (!isTime(time)) return null;
  return { ...time, offset: groups.zone === undefined ? undefined : ZONES.get(groups.zone) };
}

function range(groups: Groups): Omit<TimeAtom, 'start' | 'end'> | null {
  const from = single({
    ...groups,
    purehalf: groups.purehalf ?? (groups.half === undefined ? groups.half2 : undefined),
  });
  const to = { hour: hourOf(Number(groups.hour2), groups.half2), minute: Number(groups.minute2 ?? groups.min2 ?? 0) };
  return from === null || !isTime(to) ? null : { from, to, today: false };
}

function namedPart(groups: Groups): Omit<TimeAtom, 'start' | 'end'> | null {
  if (groups.exact !== undefined) return { from: { hour: groups.exact === 'midi' ? 12 : 0 }, to: null, today: false };
  if (groups.this === undefined && groups.hour === undefined) return null;
  const hour = groups.hour === undefined ? PARTS.get(groups.part!)! : Number(groups.hour);
  const late = groups.part !== 'matin' && groups.hour !== undefined && hour < 12 ? hour + 12 : hour;
  return isTime({ hour: late }) ? { from: { hour: late }, to: null, today: groups.this !== undefined } : null;
}
