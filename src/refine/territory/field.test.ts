import { describe, expect, test } from 'vitest';
import { locate } from './locate.ts';

function at(field: string | null, source: string | null = null, text = '') {
  return locate({ title: null, text }, { given: null, field, source });
}

describe('the territory of a field', () => {
  test.each([
    ['38000', '38', '38185', 'postal-code'],
    ['38000 Grenoble', '38', '38185', 'postal-code'],
    ['42, rue des Lilas, 69003 Lyon', '69', '69123', 'postal-code'],
    ['1000', '01', null, 'postal-code'],
    ['20000', '2A', '2A004', 'postal-code'],
    ['20200', '2B', null, 'postal-code'],
    ['97400', '974', '97411', 'postal-code'],
    ['97150', '978', '97801', 'postal-code'],
    ['75012', '75', '75056', 'postal-code'],
    ['38031 Grenoble Cedex 2', '38', '38185', 'postal-code'],
    ['38999 CEDEX', '38', null, 'postal-code'],
    ['2A004', '2A', '2A004', 'commune-code'],
    ['38185', '38', '38185', 'commune-code'],
    ['01458', '01', '01033', 'commune-code'],
    ['Grenoble (38)', '38', '38185', 'commune-name'],
    ['38', '38', null, 'department-code'],
    ['1', '01', null, 'department-code'],
    ['2b', '2B', null, 'department-code'],
    ['FR-75', '75', null, 'department-code'],
    ['75 - Paris', '75', '75056', 'commune-name'],
    ['isere', '38', null, 'department-name'],
    ['VAL D’OISE', '95', null, 'department-name'],
    ['Département du Rhône', '69', null, 'department-name'],
    ['la Réunion', '974', null, 'department-name'],
    ['Chambéry, Savoie', '73', '73065', 'commune-name'],
    ['st etienne du rouvray', '76', '76575', 'commune-name'],
    ['988', '988', null, 'department-code'],
  ])('%s is in %s', (field, department, commune, rule) => {
    expect(at(field)).toMatchObject({ territory: { department, commune, rule, role: 'author' } });
  });

  test('a commune comes with its EPCI, its région and the year of its codes', () => {
    expect(at('38185')).toMatchObject({ territory: { epci: '200040715', region: '84' }, gazetteer: '2026' });
    expect(at('Bretagne').territory).toMatchObject({ department: null, region: '53', rule: 'region-name' });
    expect(at('200040715').territory).toMatchObject({ epci: '200040715', commune: null, rule: 'epci-code' });
    expect(at('CC du Diois').territory).toMatchObject({ commune: null, department: '26', rule: 'epci-name' });
  });

  test('a postal code of several communes leaves the commune open, and the text may close it', () => {
    const open = at('26400');
    expect(open.territory).toMatchObject({ commune: null, department: '26' });
    expect(open.territory?.candidates.length).toBeGreaterThan(1);
    expect(open.findings.map(({ code }) => code)).toEqual(['territory-ambiguous']);
    const closed = at('26400', null, 'La poste d’Allex ferme.');
    expect(closed).toMatchObject({
      territory: { commune: '26006', rule: 'postal-code+text', candidates: [] },
      findings: [],
    });
  });

  test('a name of several communes is the one near the source, else left open', () => {
    expect(at('Saint-Denis').territory?.commune).toBe(null);
    expect(at('Saint-Denis', '974').territory).toMatchObject({ commune: '97411', rule: 'commune-name+source' });
  });

  test.each(['99999', '98000', '00', 'Nulle part', '123456'])('%s names no territory', (field) => {
    const { territory, findings } = at(field);
    expect(territory).toBeNull();
    expect(findings.map(({ code }) => code)).toEqual(['territory-unknown']);
  });

  test('the territory of the source stands in, and says so', () => {
    expect(at(null, '38').territory).toMatchObject({ department: '38', commune: null, rule: 'source' });
    expect(at('ailleurs', '38')).toMatchObject({
      territory: { rule: 'source' },
      findings: [{ code: 'territory-unknown' }],
    });
    expect(at(null).findings.map(({ code }) => code)).toEqual(['territory-missing']);
  });

  test('what a person said decides, whatever the rest says', () => {
    const hints = {
      given: { decision: 'place', place: { kind: 'commune', code: '26108' } },
      field: '38000',
      source: '69',
    } as const;
    expect(locate({ title: null, text: 'À Lyon' }, hints).territory).toMatchObject({
      ...{ commune: '26108', department: '26', rule: 'given', score: 1 },
    });
  });
});
