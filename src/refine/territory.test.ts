import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEPARTMENTS } from './departments.ts';
import { resolveTerritory } from './territory.ts';

describe('territory', () => {
  test.each([
    ['38000', '38', 'postal-code'],
    ['38000 Grenoble', '38', 'postal-code'],
    ['42, rue des Lilas, 69003 Lyon', '69', 'postal-code'],
    ['1000', '01', 'postal-code'],
    ['20000', '2A', 'postal-code'],
    ['20200', '2B', 'postal-code'],
    ['97400', '974', 'postal-code'],
    ['2A004', '2A', 'commune-code'],
    ['Grenoble (38)', '38', 'department-code'],
    ['38', '38', 'department-code'],
    ['1', '01', 'department-code'],
    ['2b', '2B', 'department-code'],
    ['FR-75', '75', 'department-code'],
    ['75 - Paris', '75', 'department-code'],
    ['isere', '38', 'department-name'],
    ['VAL D’OISE', '95', 'department-name'],
    ['Département du Rhône', '69', 'department-name'],
    ['Chambéry, Savoie', '73', 'department-name'],
    ['la Réunion', '974', 'department-name'],
  ])('%s is in %s, by %s', (raw, department, rule) => {
    expect(resolveTerritory(raw, null)).toMatchObject({ territory: { department, rule }, findings: [] });
  });

  test('a commune is only named where its code is', () => {
    expect(resolveTerritory('2A004', null).territory?.commune).toBe('2A004');
    expect(resolveTerritory('38000', null).territory?.commune).toBeNull();
  });

  test.each(['99999', '97150', '98000', '978', '00', 'Nulle part', '123456'])('%s names no département', (raw) => {
    const resolved = resolveTerritory(raw, null);
    expect(resolved.territory).toBeNull();
    expect(resolved.findings.map((finding) => finding.code)).toEqual(['territory-unknown']);
  });

  test('the territory of the source stands in, and says so', () => {
    expect(resolveTerritory(null, '38').territory).toEqual({ commune: null, department: '38', rule: 'source' });
    expect(resolveTerritory('ailleurs', '38')).toMatchObject({
      territory: { rule: 'source' },
      findings: [{ code: 'territory-unknown' }],
    });
    expect(resolveTerritory(null, null).findings.map((finding) => finding.code)).toEqual(['territory-missing']);
  });
});

const official = resolve(
  import.meta.dirname,
  '../../../shared/data/reference/decoupage-administratif/departements.json',
);

test.skipIf(!existsSync(official))('the départements are those of the official list', () => {
  const rows = JSON.parse(readFileSync(official, 'utf8')) as { code: string; nom: string; zone: string }[];
  const expected = rows.filter((row) => row.zone !== 'com').map((row) => [row.code, row.nom]);
  expect(DEPARTMENTS.map((department) => [department.code, department.name])).toEqual(expected.sort());
  expect(DEPARTMENTS).toHaveLength(101);
});
