import { describe, expect, test } from 'vitest';
import { fold, shorten, skeleton } from './folding.ts';
import { buildLexicon } from './lexicon.ts';
import { parseLexicon, readLexiconFile } from './lexicon-file.ts';
import { readTerms } from './reading.ts';
import { classifyUnits, tokenise } from './tokens.ts';

const small = buildLexicon({
  polarity: parseLexicon(
    '[adjective -2]\ndéçu, mesuré\n[word 2]\nbien\n[noun -2]\npoison\n[adjective +3]\nintéressant',
  ),
  themes: parseLexicon("[economie 4]\npouvoir d'achat\n[economie 3]\n=marché\n[ecologie 2]\nmarche à pied, mesure"),
  cues: parseLexicon('[plain]\nbien-être, bien que\n[intensify 1.4]\nbien'),
});

function read(text: string) {
  const tokens = tokenise(text, small, classifyUnits());
  const { judging, speaking } = readTerms(tokens, small);
  const spell = ({ first, last }: { first: number; last: number }) =>
    text.slice(tokens[first]!.start, tokens[last]!.end);
  return { judging: judging.map(spell), speaking: speaking.map(spell) };
}

describe('parseLexicon', () => {
  test('reads sections, drops comments', () => {
    expect(parseLexicon('# rien\n[verb -2]\na, b,\nc d\n\n[word 1]\ne')).toEqual([
      { heading: ['verb', '-2'], entries: ['a', 'b', 'c d'] },
      { heading: ['word', '1'], entries: ['e'] },
    ]);
  });
});

describe('the lexicons of the project', () => {
  const polarity = readLexiconFile('polarity.txt');
  const themes = readLexiconFile('themes.txt');
  const cues = readLexiconFile('cues.txt');

  test('hold at least 3,000 judging and 900 thematic entries, all of known kinds', () => {
    expect(polarity.flatMap(({ entries }) => entries).length).toBeGreaterThanOrEqual(3000);
    expect(themes.flatMap(({ entries }) => entries).length).toBeGreaterThanOrEqual(900);
    for (const { heading } of polarity) {
      expect(['adjective', 'noun', 'verb', 'word', 'expression']).toContain(heading[0]);
      expect([-3, -2, -1, 1, 2, 3]).toContain(Number(heading[1]));
    }
    for (const { heading } of themes) expect([1, 2, 3, 4]).toContain(Number(heading[1]));
    expect(new Set(themes.map(({ heading }) => heading[0])).size).toBe(12);
  });

  test('never give one entry two polarities', () => {
    const met = new Map<string, number>();
    for (const { heading, entries } of polarity) {
      for (const entry of entries) {
        // A noun and a verb may be spelled alike; a sign must not change.
        const sign = Math.sign(Number(heading[1]));
        const key = entry.normalize('NFC').toLowerCase();
        expect(met.get(key) ?? sign, entry).toBe(sign);
        met.set(key, sign);
      }
    }
  });

  test('are compiled to tens of thousands of forms', () => {
    const { size } = buildLexicon({ polarity, themes, cues });
    expect(size.forms).toBeGreaterThan(15_000);
    expect(size.expressions).toBeGreaterThan(1500);
  });
});

describe('the compiled lexicon', () => {
  test('takes the longest expression, and hides the words inside it', () => {
    expect(read("Le pouvoir d'achat, bien-être, bien.")).toEqual({
      judging: ['bien-être', 'bien'],
      speaking: ["pouvoir d'achat"],
    });
  });

  test('is free of the number of the words of an expression, not of commas', () => {
    expect(read("les pouvoirs d'achats").speaking).toEqual(["pouvoirs d'achats"]);
    expect(read("pouvoir, d'achat").speaking).toEqual([]);
  });

  test('lets accents tell words apart where it must, and only there', () => {
    expect(read('le marché, la marche').speaking).toEqual(['marché']);
    expect(read('un ton mesuré, une mesure').judging).toEqual(['mesuré']);
    expect(read('un ton mesuré, une mesure').speaking).toEqual(['mesuré', 'mesure']);
    expect(read('DECUE, deçus, déçu').judging).toEqual(['DECUE', 'deçus', 'déçu']);
  });

  test('reads decomposed accents', () => {
    expect(read('déçue'.normalize('NFD')).judging).toEqual(['déçue'.normalize('NFD')]);
  });

  test('reads stretched and misspelled words, and spares look-alikes', () => {
    expect(read('biiiien interressante interesante').judging).toEqual(['biiiien', 'interressante', 'interesante']);
    expect(small.word('biiiien').stress).toBeGreaterThan(1);
    expect(read('poisson').judging).toEqual([]);
  });
});

describe('folding', () => {
  test('levels case, accents and ligatures', () => {
    expect(fold('ŒUVRÉE Ça Lætitia')).toBe('oeuvree ca laetitia');
  });

  test('shortens stretched letters only', () => {
    expect(shorten('suuuper', 1)).toBe('super');
    expect(shorten('nulllle', 2)).toBe('nulle');
    expect(shorten('belle', 1)).toBe('belle');
  });

  test('gives one skeleton to usual misspellings', () => {
    expect(skeleton('innadmissible')).toBe(skeleton('inadmisible'));
    expect(skeleton('sympathique')).toBe(skeleton('simpatike'));
  });
});

describe('tokenise', () => {
  const pieces = (text: string) =>
    tokenise(text, small, classifyUnits()).map(({ piece, start, end }) => [piece, text.slice(start, end)]);

  test('cuts words at apostrophes and hyphens', () => {
    expect(pieces("l'après-midi").map(([, word]) => word)).toEqual(['l', 'après', 'midi']);
  });

  test('keeps decimals together with their sentence and sees ellipses', () => {
    expect(pieces('3.5 euros... Oui').map(([piece]) => piece)).toEqual(['word', 'word', 'word', 'ellipsis', 'word']);
  });

  test('sees marks, addresses and accounts as one silent piece', () => {
    expect(pieces('[PERSONNE 1] https://a.fr/b?c www.d.fr @qui')).toEqual([
      ['mark', '[PERSONNE 1]'],
      ['mark', 'https://a.fr/b?c'],
      ['mark', 'www.d.fr'],
      ['mark', '@qui'],
    ]);
    expect(pieces('[sic]').map(([piece]) => piece)).toEqual(['comma', 'word']);
  });

  test('sees faces', () => {
    expect(pieces('😡 :) :-( <3 👍').map(([piece]) => piece)).toEqual(['frown', 'smile', 'frown', 'smile', 'smile']);
  });
});
