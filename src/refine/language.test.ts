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

describe('regional and overseas languages', () => {
  test.each([
    ['br', 'Ret eo d’an ti-kêr ober war-dro an hent, rak ar vugale n’hellont ket mont d’ar skol.'],
    ['oc', 'Aqueste projècte es plan per nòstra vila, mas cal que los joves sián consultats.'],
    ['co', 'Ùn simu micca d’accordu cù stu prughjettu, hè troppu caru per u nostru paese.'],
    ['gsw', 'Es isch nit güet, àss mr ken Dokter meh hàn in unserem Dorf.'],
    ['gcf', 'Mwen pa dakò épi sa, fò yo montré kréyòl adan tout lékòl péyi-la.'],
    ['gcr', 'Mo pa savé kouman yé ka fè pou viv annan sa kominn-an, nou bizwen roun doktò.'],
    ['rcf', 'Koman bann marmay i sava fé pou alé lékol kan na poin kar zordi ?'],
    ['ty', 'Aita vau e farii i teie opuaraa, e mea maitai a’e te tahi fare haapiiraa.'],
    ['eu', 'Ez nago ados proiektu horrekin, autobus gehiago behar ditugu herrian.'],
  ])('%s: %s', (language, text) => {
    expect(detectLanguage(text)).toEqual({ language, certain: true });
  });

  test('French with a regional word in it stays French', () => {
    for (const text of [
      'Le bagad de Quimper et le fest-noz attirent du monde, mais la mairie ne fait rien.',
      'Kenavo et bon courage à tous ceux qui restent dans ce quartier.',
      'La Collectivité de Corse et l’Assemblea di a Giuventù ont voté pour ce projet.',
      'Nou pa ni dlo, comme on dit en Guadeloupe : il faut que les coupures cessent dans nos communes.',
    ]) {
      expect(detectLanguage(text).language).toBe('fr');
    }
  });
});
