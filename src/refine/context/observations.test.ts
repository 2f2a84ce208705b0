import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../model/item.ts';
import { type ContextMapping, readObservations } from './observations.ts';
import { readPeriod } from './period.ts';
import { readContextPlaces } from './place.ts';

const item = (fields: Readonly<Record<string, string>>, attributes?: Readonly<Record<string, string>>): Item => ({
  ...{
    id: null,
    title: null,
    text: '',
    textFormat: 'plain',
    url: null,
    authors: [],
    publishedAt: null,
    territory: null,
  },
  ...{ fields: Object.entries(fields), findings: [], ...(attributes ? { attributes } : {}) },
});
const METEO: ContextMapping = {
  date: 'jour',
  territory: { field: 'lieu' },
  values: { temperature: { field: 'tmax', kind: 'number' }, vigilance: { field: 'couleur', kind: 'category' } },
};

test('a day, a week, a month, a quarter, a half-year and a year are the days they hold', () => {
  expect(
    ['2026-03-04', '4 mars 2026', '2026-W01', '2026-02', '2026-Q1', '2024-T4', '2026-S2', '2026'].map(readPeriod),
  ).toEqual([
    { firstDay: '2026-03-04', lastDay: '2026-03-04' },
    { firstDay: '2026-03-04', lastDay: '2026-03-04' },
    { firstDay: '2025-12-29', lastDay: '2026-01-04' },
    { firstDay: '2026-02-01', lastDay: '2026-02-28' },
    { firstDay: '2026-01-01', lastDay: '2026-03-31' },
    { firstDay: '2024-10-01', lastDay: '2024-12-31' },
    { firstDay: '2026-07-01', lastDay: '2026-12-31' },
    { firstDay: '2026-01-01', lastDay: '2026-12-31' },
  ]);
  expect(['2026-13', '2026-S3', '2026-W60', 'hier', ''].map(readPeriod)).toEqual([null, null, null, null, null]);
});

test('a place is a code, a name, a postal code, a school zone or everywhere', () => {
  expect(
    ['38185', '38', 'Isère', 'Grenoble (38)', 'zone A', 'c', 'France', 'Atlantide', ''].map(readContextPlaces),
  ).toEqual([
    [{ kind: 'commune', code: '38185' }],
    [{ kind: 'department', code: '38' }],
    [{ kind: 'department', code: '38' }],
    [{ kind: 'commune', code: '38185' }],
    [{ kind: 'zone', code: 'A' }],
    [{ kind: 'zone', code: 'C' }],
    [{ kind: 'country', code: 'FR' }],
    [],
    [],
  ]);
  const served = readContextPlaces('26400');
  expect(served.length).toBeGreaterThan(5);
  expect(served).toContainEqual({ kind: 'commune', code: '26108' });
});

test('a record gives a value for each series, and says what it could not read', () => {
  const read = readObservations(item({ jour: '2026-05-12', lieu: '38', tmax: '1 021,5', couleur: 'orange' }), METEO);
  expect(read.observations).toMatchObject([
    { series: 'temperature', value: 1021.5, label: null, place: { kind: 'department', code: '38' } },
    { series: 'vigilance', value: null, label: 'orange', firstDay: '2026-05-12', lastDay: '2026-05-12' },
  ]);
  expect(readObservations(item({ jour: '2026-05-12', lieu: '38', tmax: 'néant', couleur: '' }), METEO)).toEqual({
    observations: [],
    unread: { date: 0, territory: 0, value: 1 },
  });
  expect(readObservations(item({ jour: '?', lieu: '38' }), METEO).unread.date).toBe(1);
  expect(readObservations(item({ jour: '2026', lieu: 'nulle part' }), METEO).unread.territory).toBe(1);
});

test('events have a first and a last day, and are filtered by what stands beside', () => {
  const mapping: ContextMapping = {
    date: { from: 'debut', to: 'fin' },
    territory: { is: 'zone A' },
    values: { fetes: { field: 'nom', kind: 'event', where: { type: 'fête' } } },
  };
  const fields = { debut: '2026-05-01', fin: '2026-05-03', nom: 'Foire aux plants', type: 'fête' };
  expect(readObservations(item(fields), mapping).observations).toEqual([
    {
      series: 'fetes',
      place: { kind: 'zone', code: 'A' },
      firstDay: '2026-05-01',
      lastDay: '2026-05-03',
      value: null,
      label: 'Foire aux plants',
    },
  ]);
  expect(readObservations(item({ ...fields, fin: '' }), mapping).observations[0]?.lastDay).toBe('2026-05-01');
  expect(readObservations(item({ ...fields, type: 'travaux' }), mapping).observations).toEqual([]);
  expect(readObservations(item({ ...fields, fin: '2026-04-01' }), mapping).unread.date).toBe(1);
});

test('the lists of Open-Meteo and the periods of SDMX are read as they are', () => {
  const mesures = JSON.stringify([
    { nom: 'temperature_2m_max', valeur: 21.4, unite: '°C' },
    { nom: 'pluie', valeur: null },
  ]);
  const weather: ContextMapping = {
    ...{ date: 'jour', territory: 'everywhere' },
    values: { max: { field: 'temperature_2m_max', kind: 'number' }, pluie: { field: 'pluie', kind: 'number' } },
  };
  expect(readObservations(item({ jour: '2026-01-02', mesures }), weather).observations).toMatchObject([
    { series: 'max', value: 21.4, place: { kind: 'country', code: 'FR' } },
  ]);
  const prices: ContextMapping = {
    ...{ date: 'periods', territory: 'everywhere' },
    values: { prix: { field: 'value', kind: 'number', where: { IDBANK: '000000001' } } },
  };
  const series = item({ IDBANK: '000000001', TITLE_FR: 'Essai', '2026-03': '101.2', '2026-02': 'NaN' });
  const read = readObservations(series, prices);
  expect(read.observations).toMatchObject([
    { series: 'prix', value: 101.2, firstDay: '2026-03-01', lastDay: '2026-03-31' },
  ]);
  expect(read.unread.value).toBe(1);
});

test('no cell is too odd to be read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
      const read = readObservations(item({ jour: left, lieu: right, tmax: left, couleur: right }), METEO);
      for (const { firstDay, lastDay } of read.observations) expect(firstDay <= lastDay).toBe(true);
      readObservations(item({ [left]: right, IDBANK: left }), { ...METEO, date: 'periods' });
    }),
  );
});
