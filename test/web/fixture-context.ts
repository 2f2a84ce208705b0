// Context and territory corrections over the fictive corpus, for the tests of the API and of the workbench.

import type { BarometerSeries, ContextMark, ContextSeries } from '../../src/model/context.ts';
import { HOLIDAY_SERIES, publicHolidays } from '../../src/refine/context/holidays.ts';
import { nameOfPlace } from '../../src/refine/territory/place-name.ts';
import { searchPlaces } from '../../src/refine/territory/place-search.ts';
import type { ContextReader } from '../../src/run/context-views.ts';
import type { TerritoryDesk, TerritoryState } from '../../src/run/territory-desk.ts';
import type { FixtureDocument } from './fixture-corpus.ts';

const HOLIDAYS: ContextSeries = {
  ...{ source: 'holidays', sourceTitle: 'Code du travail', licence: 'lov2', series: HOLIDAY_SERIES },
  ...{ title: 'Jours fériés', kind: 'event', unit: '', weekly: 'mean' },
};
const METEO: ContextSeries = {
  ...{ source: 'context:meteo', sourceTitle: 'Station fictive de Val-Clair', licence: 'lov2', series: 'temperature' },
  ...{ title: 'Température maximale', kind: 'number', unit: '°C', weekly: 'mean' },
};
const GRENOBLE = { kind: 'commune', code: '38185' } as const;
const NAMES = { 'commune 38185': 'Grenoble' };

export function fixtureContext(documents: readonly FixtureDocument[]): ContextReader {
  const weeks = [...new Set(documents.map(({ week }) => week))].sort();
  const years = [...new Set(weeks.map((week) => Number(week.slice(0, 4))))];
  const holidays: readonly ContextMark[] = years
    .flatMap(publicHolidays)
    .filter(({ place }) => place.kind === 'country')
    .map(({ firstDay, lastDay, label, place }) => ({ firstDay, lastDay, label: label ?? '', places: [place] }));
  const fair = {
    firstDay: `${years[0]}-06-12`,
    lastDay: `${years[0]}-06-21`,
    label: 'Foire fictive',
    places: [GRENOBLE],
  };
  const series: readonly BarometerSeries[] = [
    { ...HOLIDAYS, weeks: [], marks: [...holidays, fair] },
    {
      ...METEO,
      weeks: weeks.map((week, at) => {
        const value = 14 + 9 * Math.sin(at / 4);
        return { week, value, range: { low: value - 2, high: value + 2 }, places: 3 };
      }),
      marks: [],
    },
  ];
  return {
    barometerContext: async () => ({ items: weeks.length === 0 ? [] : series, names: NAMES }),
    async documentContext(id) {
      const document = documents.find((each) => each.id === id);
      if (document === undefined) return { items: [], names: {} };
      const day = { firstDay: document.published, lastDay: document.published };
      return {
        items: [
          { ...METEO, ...day, place: GRENOBLE, value: 21.5, label: null },
          { ...HOLIDAYS, ...day, place: { kind: 'country', code: 'FR' }, value: null, label: 'Fête nationale' },
        ],
        names: NAMES,
      };
    },
  };
}

/** Remembers what was said; documents stay where they are. */
export function fixtureTerritoryDesk(documents: readonly string[]): TerritoryDesk {
  const states = new Map<string, TerritoryState>();
  const first: TerritoryState = {
    found: { places: [{ ...GRENOBLE, name: 'Grenoble' }], rule: 'text:only-bearer' },
    correction: null,
    form: { kind: 'text', words: 'grenoble' },
    lesson: null,
  };
  return {
    search: (question) => searchPlaces(question, 20),
    state: async (id) => states.get(id) ?? (documents.includes(id) ? first : null),
    async correct(id, given, person) {
      if (given.decision === 'withdrawn') {
        states.delete(id);
        return { others: 0 };
      }
      const place = given.decision === 'place' ? { ...given.place, name: nameOfPlace(given.place) } : null;
      const said = { decision: given.decision, place };
      states.set(id, {
        ...first,
        correction: { ...said, annotator: person, at: '2026-09-02T08:00:00Z', always: given.always },
        lesson: given.always ? { ...said, corrections: 1 } : null,
      });
      return { others: given.always ? 3 : 0 };
    },
  };
}
