import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { sourcesIn, writeSource } from './settings-edit.ts';

const TEXT = `# Réglages du Val-Clair
organisation:   Val-Clair   # aligné à la main

sources:
  # La concertation, reçue chaque lundi.
  avis:            # premier
    collector: file   # fichiers
    with: { path:  inputs/avis.csv, map: { text: avis } } # ne pas toucher
    licence: lov2
    purpose: 'analyser'
    legalBasis: mission d'intérêt public
    retention: 3 years
    # fin des avis
  # La presse.
  presse:
    collector: rss
    with:
      feeds:
      - https://a.example/rss   # le premier
      - https://b.example/rss
    licence: lov2
    purpose: suivre
    legalBasis: intérêt légitime
    retention: 18 months

# Grille
annotate: { codebook:   g.yaml }
`;

const avis = sourcesIn(TEXT).avis!;
const presse = sourcesIn(TEXT).presse!;

/** Lines of `after` that are not in `before`, and those that are gone. */
function difference(before: string, after: string) {
  const [left, right] = [before.split('\n'), after.split('\n')];
  return {
    gone: left.filter((line) => !right.includes(line)),
    come: right.filter((line) => !left.includes(line)),
  };
}

describe('a source in the settings file', () => {
  test('is paused by one line, and everything else keeps its bytes', () => {
    const paused = writeSource(TEXT, 'avis', { ...avis, paused: true });
    expect(difference(TEXT, paused)).toEqual({ gone: [], come: ['    paused: true'] });
    expect(paused.indexOf('# fin des avis')).toBeLessThan(paused.indexOf('paused: true'));
    expect(writeSource(paused, 'avis', avis)).toBe(TEXT);
  });

  test('is written as it was where nothing changes', () => {
    expect(writeSource(TEXT, 'presse', presse)).toBe(TEXT);
  });

  test('changes word by word, comments kept', () => {
    const map = { text: 'avis', date: 'depose_le' };
    const written = writeSource(TEXT, 'avis', {
      ...avis,
      purpose: 'analyser la concertation : « mobilités »',
      with: { path: 'inputs/avis.csv', map, encoding: 'windows-1252' },
    });
    expect(difference(TEXT, written).gone.length).toBe(2);
    expect(written).toContain(
      '    with: { path: inputs/avis.csv, map: { text: avis, date: depose_le }, encoding: windows-1252 } # ne pas toucher\n',
    );
    expect(sourcesIn(written).avis).toMatchObject({
      purpose: 'analyser la concertation : « mobilités »',
      with: { map },
    });
  });

  test('loses the words that are taken out', () => {
    const { purpose: _, ...rest } = presse;
    expect(difference(TEXT, writeSource(TEXT, 'presse', rest))).toEqual({ gone: ['    purpose: suivre'], come: [] });
  });

  test('is added below the others, above what follows', () => {
    const written = writeSource(TEXT, 'mairie', { retention: '2 years', with: { feeds: ['x.rss'] }, collector: 'rss' });
    expect(difference(TEXT, written).gone).toEqual([]);
    expect(written).toContain(
      '\n    retention: 18 months\n\n  mairie:\n    collector: rss\n    with:\n      feeds:\n        - x.rss\n    retention: 2 years\n\n# Grille\n',
    );
  });

  test('is added where there was none, or where they are written on one line', () => {
    for (const text of ['organisation: A\nsources: {}\n', 'organisation: A\nsources:\n', 'organisation: A # ici\n']) {
      const written = writeSource(text, 'avis', avis);
      expect(sourcesIn(written)).toEqual({ avis });
      expect(written).toContain('organisation: A');
    }
    const flow = 'sources: { a: { collector: file, with: { path: x } } } # une ligne\n';
    expect(sourcesIn(writeSource(flow, 'a', { ...sourcesIn(flow).a, paused: true }))).toEqual({
      a: { collector: 'file', with: { path: 'x' }, paused: true },
    });
  });

  test('keeps Windows line ends, and ends a file that had no last one', () => {
    const windows = TEXT.replaceAll('\n', '\r\n');
    const written = writeSource(windows, 'presse', { ...presse, paused: true });
    expect(written.replaceAll('\r\n', '')).not.toContain('\n');
    expect(difference(windows, written).come).toEqual(['    paused: true\r']);
    const open = 'sources:\n  a:\n    collector: file\n    with: { path: x }';
    expect(sourcesIn(writeSource(open, 'b', avis))).toEqual({ ...sourcesIn(open), b: avis });
  });

  test('holds any text, and never changes another source', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => value.toWellFormed());
    const source = fc.record({
      collector: text,
      with: fc.dictionary(
        fc.stringMatching(/^[a-z]{1,8}$/),
        fc.oneof(text, fc.boolean(), fc.integer(), fc.array(text)),
      ),
      purpose: text,
    });
    fc.assert(
      fc.property(source, fc.constantFrom('avis', 'presse', 'autre'), (value, name) => {
        const written = writeSource(TEXT, name, value as JsonObject);
        expect(sourcesIn(written)).toEqual({ ...sourcesIn(TEXT), [name]: value });
        for (const comment of ['# Réglages du Val-Clair', '# La concertation', '# Grille', '{ codebook:   g.yaml }']) {
          expect(written).toContain(comment);
        }
      }),
      { numRuns: 200 },
    );
  });
});
