// The example's context: a weather that nobody measured, events that never took place, an indicator of nothing.

import { seeded } from './random.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2026-01-26');
const LAST = Date.parse('2026-07-05');
/** Departments of the example, and how much colder each is than the valley. */
const PLACES = [
  ['07', -1],
  ['26', 0],
  ['38', 1.5],
  ['73', 5],
] as const;

/** Path from the example's folder, and content. */
export const CONTEXT_FILES: readonly (readonly [path: string, content: () => string])[] = [
  ['contexte/meteo.csv', meteo],
  ['contexte/agenda.csv', agenda],
  ['contexte/vacances-scolaires.csv', holidays],
  ['contexte/frequentation.csv', visits],
];

function meteo(): string {
  const random = seeded(20_260_126);
  const rows: string[] = [];
  for (let time = FIRST; time <= LAST; time += DAY_MS) {
    const season = 12 - 11 * Math.cos(((time - FIRST) / DAY_MS / 365) * 2 * Math.PI);
    const weather = (random.next() - 0.5) * 8;
    const isWet = random.chance(0.3);
    for (const [department, colder] of PLACES) {
      const warmth = (season + weather - colder + random.next()).toFixed(1).replace('.', ',');
      const rain = isWet ? (random.next() * 14).toFixed(1).replace('.', ',') : '0';
      rows.push(`${dayOf(time)};${department};${warmth};${rain}`);
    }
  }
  return lines(['jour;departement;temperature_max;pluie_mm', ...rows]);
}

function agenda(): string {
  return lines([
    'debut;fin;territoire;nom',
    '2026-02-02;2026-02-06;everywhere;Ouverture fictive de la plateforme',
    '2026-03-14;2026-03-15;38;Salon fictif des associations du Val-Clair',
    '2026-04-18;;26;Inauguration fictive de la halte ferroviaire',
    '2026-05-11;2026-05-24;07;Travaux fictifs du pont de la Claire',
    '2026-06-20;2026-06-21;everywhere;Fête fictive du projet de territoire',
  ]);
}

function holidays(): string {
  return lines([
    'debut;fin;zone;nom',
    '2026-02-07;2026-02-22;A;Vacances d’hiver (dates de l’exemple)',
    '2026-04-04;2026-04-19;A;Vacances de printemps (dates de l’exemple)',
  ]);
}

function visits(): string {
  const random = seeded(7);
  const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
  return lines(['mois;visites', ...months.map((month) => `${month};${4000 + random.below(1500)}`)]);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function lines(rows: readonly string[]): string {
  return `${rows.join('\n')}\n`;
}
