import { expect, test } from 'vitest';
import { parseSettings } from './settings.ts';

const SOURCE = `
sources:
  avis:
    collector: file
    with: { path: inputs }
    licence: lov2
    purpose: analyser
    legalBasis: mission d'intérêt public
    retention: 3 years
`;

test('fills what a short settings file leaves out', () => {
  const settings = parseSettings(`organisation: Val-Clair\n${SOURCE}`);
  expect(settings).toMatchObject({
    store: { database: 'embedded', objects: './.datasens/objects' },
    sovereignty: { textMayGoTo: [] },
    publish: {},
  });
});

test('names an unknown key with its line and the nearest known one', () => {
  const settings = parseSettings(`organisation: Val-Clair\n${SOURCE}    licnce: lov2\n`);
  expect(settings).toEqual({
    problems: [{ line: 11, path: 'sources.avis.licnce', message: 'unknown key; did you mean `licence`?' }],
  });
});

test('refuses a source without purpose, and says why', () => {
  const settings = parseSettings(`organisation: Val-Clair\n${SOURCE.replace('    purpose: analyser\n', '')}`);
  expect(settings).toMatchObject({ problems: [{ line: 4, path: 'sources.avis.purpose' }] });
  expect(JSON.stringify(settings)).toContain('does not run');
});

test('says everything wrong at once, in order of line', () => {
  const settings = parseSettings('organisation: ""\nsuorces: {}\nsources: []\n');
  if (!('problems' in settings)) throw new Error('expected problems');
  expect(settings.problems.map(({ line }) => line)).toEqual([1, 2, 3]);
});

test('refuses words that this version does not act on, rather than ignoring them', () => {
  const settings = parseSettings(`organisation: Val-Clair\n${SOURCE}share: {}\n`);
  expect(JSON.stringify(settings)).toContain('sharing by Tchap, Twake or LinShare is not in this version');
});

test('refuses a rhythm that is not understood, at its line, with one that would be', () => {
  expect(parseSettings(`organisation: Val-Clair\n${SOURCE}    every: souvent\n`)).toMatchObject({
    problems: [{ path: 'sources.avis.every', message: expect.stringContaining('every 30 minutes') }],
  });
  expect(parseSettings(`organisation: Val-Clair\n${SOURCE}    every: chaque lundi à 6 h\n`)).not.toHaveProperty(
    'problems',
  );
});

test('says where text is not YAML', () => {
  expect(parseSettings('organisation: [')).toMatchObject({ problems: [{ line: 1 }] });
});
