import { describe, expect, test } from 'vitest';
import { detectLanguage } from './language.ts';

describe('language', () => {
  test.each([
    ['fr', 'Il faudrait des pistes cyclables protégées entre la gare et le lycée.'],
    ['fr', 'je suis pour ce projet mais pas a cet endroit'],
    ['en', 'We would like more frequent buses between the station and the hospital.'],
    ['es', 'Nos gustaría tener más autobuses entre la estación y el hospital.'],
    ['it', 'Vorremmo più autobus tra la stazione e l’ospedale, anche di notte.'],
    ['de', 'Wir hätten gerne mehr Busse zwischen dem Bahnhof und dem Krankenhaus.'],
    ['pt', 'Gostaríamos de ter mais autocarros entre a estação e o hospital.'],
    ['ca', 'Ens agradaria tenir més autobusos entre l’estació i l’hospital.'],
    ['nl', 'Wij zouden graag meer bussen willen tussen het station en het ziekenhuis.'],
    ['ar', 'نود المزيد من الحافلات بين المحطة والمستشفى'],
  ])('%s: %s', (language, text) => {
    expect(detectLanguage(text)).toEqual({ language, certain: true });
  });

  test('marks and addresses say nothing about the language', () => {
    expect(detectLanguage('[PERSONNE 1] [COURRIEL 2] https://www.example.org/the-best-of-the-world')).toEqual({
      language: 'und',
      certain: false,
    });
  });

  test('a few letters are never certain', () => {
    for (const text of ['', '1234', 'Oui', 'Plus de bus', 'ok']) expect(detectLanguage(text).certain).toBe(false);
    expect(detectLanguage('Oui').language).toBe('und');
    expect(detectLanguage('Plus de bus').language).toBe('fr');
  });
});
