import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gazetteer } from './gazetteer.ts';
import { gazetteerText, type OfficialRows } from './gazetteer-text.ts';

const require = createRequire(import.meta.url);
const file = join(import.meta.dirname, 'gazetteer.txt');
const packageFile = require.resolve('@etalab/decoupage-administratif/package.json');
const official = (name: string) => require(join(dirname(packageFile), `${name}.json`)) as unknown;
const rows = {
  version: (official('package') as { version: string }).version,
  communes: official('data/communes'),
  departements: official('data/departements'),
  regions: official('data/regions'),
  epci: official('data/epci'),
} as OfficialRows;

test('the gazetteer is the one of the package', () => {
  const text = gazetteerText(rows);
  if (process.env.DATASENS_WRITE_GAZETTEER === '1') writeFileSync(file, text);
  expect(readFileSync(file, 'utf8') === text).toBe(true);
  expect(Buffer.byteLength(text)).toBeLessThan(1_500_000);
});

describe('the gazetteer', () => {
  const places = gazetteer();

  test('holds every commune with its postal codes, EPCI, département and région', () => {
    const actual = rows.communes.filter(({ type }) => type === 'commune-actuelle');
    const epcis = new Map(rows.epci.flatMap((epci) => epci.membres.map(({ code }) => [code, epci.code] as const)));
    for (const { code, nom, departement, population = 0, codesPostaux = [] } of actual) {
      const commune = places.commune(code);
      expect(commune).toMatchObject({ code, name: nom, department: departement, population });
      expect(commune?.epci ?? null).toBe(epcis.get(code) ?? null);
      for (const postal of codesPostaux) expect(places.atPostalCode(postal)).toContain(commune);
    }
    expect(places.vintage).toBe('2026');
  });

  test('knows former codes, parts of communes, arrondissements and everything larger', () => {
    expect(places.commune('01458')?.name).toBe('Valserhône');
    expect(places.commune('75112')?.code).toBe('75056');
    expect(places.named('arbignieu').map(({ code }) => code)).toEqual(['01015']);
    expect(places.atPostalCode('69003').map(({ code }) => code)).toEqual(['69123']);
    expect(places.department('2A')).toMatchObject({ name: 'Corse-du-Sud', region: '94' });
    expect(places.department('988')).toMatchObject({ name: 'Nouvelle-Calédonie', region: null });
    expect(places.region('84')?.name).toBe('Auvergne-Rhône-Alpes');
    expect(places.epci('200040715')?.name).toBe('Grenoble-Alpes-Métropole');
  });

  test('has the official départements and régions', () => {
    for (const { code, nom } of rows.departements) expect(places.department(code)?.name).toBe(nom);
    for (const { code, nom, zone } of rows.regions)
      expect(places.region(code)?.name).toBe(zone === 'com' ? undefined : nom);
  });
});
