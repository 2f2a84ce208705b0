// How often a source is read, in plain words: « toutes les 30 minutes », « chaque lundi à 6 h », `every weekday at 7:30`.

import { CronExpressionParser } from 'cron-parser';

/** A rhythm as cron understands it (five fields, POSIX crontab), or what is wrong with the words. */
export type Rhythm =
  | { readonly kind: 'rhythm'; readonly cron: string }
  | { readonly kind: 'problem'; readonly message: { readonly fr: string; readonly en: string } };

export const DEFAULT_TIME_ZONE = 'Europe/Paris';

const EXAMPLES = {
  fr: '« toutes les 30 minutes », « chaque jour à 6 h », « chaque lundi à 6 h 30 », « le 1er du mois à 8 h »',
  en: '`every 30 minutes`, `every day at 6:00`, `every Monday at 6:30`, `on the 1st of the month at 8:00`',
};
const DAYS: readonly (readonly string[])[] = [
  ['dimanche', 'dimanches', 'sunday', 'sundays'],
  ['lundi', 'lundis', 'monday', 'mondays'],
  ['mardi', 'mardis', 'tuesday', 'tuesdays'],
  ['mercredi', 'mercredis', 'wednesday', 'wednesdays'],
  ['jeudi', 'jeudis', 'thursday', 'thursdays'],
  ['vendredi', 'vendredis', 'friday', 'fridays'],
  ['samedi', 'samedis', 'saturday', 'saturdays'],
];
const EVERY = '(?:chaque|tou(?:te)?s les|every|each)';
const INTERVAL = new RegExp(String.raw`^(?:${EVERY} )?(\d{1,4})?\s?(minutes?|min|heures?|hours?|h)$`);
const DAILY = new RegExp(`^(?:${EVERY} (?:jours?|days?)|daily|quotidien)(?: (.+))?$`);
const WORKDAYS =
  /^(?:du lundi au vendredi|(?:chaque|tous les) jours? (?:ouvrés?|de semaine)|(?:every )?weekdays?)(?: (.+))?$/;
const WEEKLY = new RegExp(`^(?:(?:${EVERY}|le|les|on) )?([a-z]+)(?: (.+))?$`);
const MONTHLY =
  /^(?:le |on the )?(\d{1,2})(?:er|e|st|nd|rd|th)? (?:de chaque mois|du mois|of (?:the|each|every) month)(?: (.+))?$/;
const TIME = /^(?:(?:à|a|at|,) )?(\d{1,2})(?:\s?(?:h|:|heures?)\s?(\d{2})?)?\s?(am|pm)?$/;
/** Anything faster would ask a public server more often than it changes, and leaves no night to a full run. */
const SHORTEST_MINUTES = 5;

/** Reads the words of a rhythm, in French or English, or a cron expression of five fields. */
export function parseRhythm(words: string): Rhythm {
  const text = words
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
  if (/^[\d*/,-]+(?: [\d*/,a-z-]+){4}$/.test(text)) return parseCron(text);
  const interval = INTERVAL.exec(text);
  if (interval) return parseInterval(Number(interval[1] ?? 1), interval[2]!.startsWith('m') ? 'minute' : 'hour');
  const monthly = MONTHLY.exec(text);
  if (monthly) {
    const day = Number(monthly[1]);
    // The 29th to 31st would silently skip months.
    if (day < 1 || day > 28)
      return problem(
        `le ${day} n’existe pas dans tous les mois ; choisir un jour de 1 à 28`,
        `not every month has a day ${day}; choose one from 1 to 28`,
      );
    return at(monthly[2], (time) => `${time} ${day} * *`);
  }
  const workdays = WORKDAYS.exec(text);
  if (workdays) return at(workdays[1], (time) => `${time} * * 1-5`);
  const daily = DAILY.exec(text);
  if (daily) return at(daily[1], (time) => `${time} * * *`);
  const weekly = WEEKLY.exec(text);
  const day = weekly === null ? -1 : DAYS.findIndex((names) => names.includes(weekly[1]!));
  if (weekly && day >= 0) return at(weekly[2], (time) => `${time} * * ${day}`);
  return problem(
    `« ${words} » n’est pas un rythme compris ; par exemple ${EXAMPLES.fr}`,
    `\`${words}\` is no rhythm that is understood; for example ${EXAMPLES.en}`,
  );
}

/** The next instants of a rhythm after `from`; empty where the words are not understood. */
export function nextTimes(
  words: string,
  from: Date,
  { timeZone = DEFAULT_TIME_ZONE, count = 3 } = {},
): readonly Date[] {
  const rhythm = parseRhythm(words);
  if (rhythm.kind === 'problem') return [];
  const times = CronExpressionParser.parse(rhythm.cron, { currentDate: from, tz: timeZone });
  return Array.from({ length: count }, () => times.next().toDate());
}

function parseCron(cron: string): Rhythm {
  try {
    CronExpressionParser.parse(cron);
    return { kind: 'rhythm', cron };
  } catch {
    return problem(
      `« ${cron} » n’est pas une expression cron de cinq champs ; par exemple ${EXAMPLES.fr}`,
      `\`${cron}\` is no cron expression of five fields; for example ${EXAMPLES.en}`,
    );
  }
}

/** Only intervals that divide the hour or the day come evenly: cron starts again at each. */
function parseInterval(length: number, unit: 'minute' | 'hour'): Rhythm {
  const minutes = unit === 'minute' ? length : length * 60;
  if (minutes < SHORTEST_MINUTES) {
    return problem(
      `pas plus souvent que toutes les ${SHORTEST_MINUTES} minutes`,
      `not more often than every ${SHORTEST_MINUTES} minutes`,
    );
  }
  if (minutes < 60) {
    if (60 % minutes === 0) return { kind: 'rhythm', cron: `*/${minutes} * * * *` };
    return problem(
      `${minutes} minutes ne divisent pas l’heure ; choisir 5, 6, 10, 12, 15, 20 ou 30 minutes`,
      `${minutes} minutes do not divide the hour; choose 5, 6, 10, 12, 15, 20 or 30 minutes`,
    );
  }
  const hours = minutes / 60;
  if (hours === 24) return { kind: 'rhythm', cron: '0 0 * * *' };
  if (Number.isInteger(hours) && 24 % hours === 0) {
    return { kind: 'rhythm', cron: hours === 1 ? '0 * * * *' : `0 */${hours} * * *` };
  }
  return problem(
    'choisir 1, 2, 3, 4, 6, 8, 12 ou 24 heures, ou « chaque jour à 6 h »',
    'choose 1, 2, 3, 4, 6, 8, 12 or 24 hours, or `every day at 6:00`',
  );
}

/** `à 6 h 30` as cron's minute and hour; midnight where no time is said. */
function at(words: string | undefined, cronOf: (minuteAndHour: string) => string): Rhythm {
  if (words === undefined) return { kind: 'rhythm', cron: cronOf('0 0') };
  if (/^(?:(?:à|a|at) )?(?:minuit|midnight)$/.test(words)) return { kind: 'rhythm', cron: cronOf('0 0') };
  if (/^(?:(?:à|a|at) )?(?:midi|noon)$/.test(words)) return { kind: 'rhythm', cron: cronOf('0 12') };
  const time = TIME.exec(words);
  const hour = time === null ? Number.NaN : hourOf(Number(time[1]), time[3]);
  const minute = Number(time?.[2] ?? 0);
  if (!(hour >= 0 && hour <= 23 && minute <= 59)) {
    return problem(
      `« ${words} » n’est pas une heure ; par exemple « à 6 h 30 »`,
      `\`${words}\` is no time; for example \`at 6:30\``,
    );
  }
  return { kind: 'rhythm', cron: cronOf(`${minute} ${hour}`) };
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

function problem(fr: string, en: string): Rhythm {
  return { kind: 'problem', message: { fr, en } };
}
