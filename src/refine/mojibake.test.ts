import { describe, expect, test } from 'vitest';
import { repairMojibake } from './mojibake.ts';

const TEXT =
  "À l'été, l'école élémentaire de Châteauneuf a fermé : « où iront nos élèves ? » La mairie n’a pas répondu… Œuvrons-y, c’est 10 000 € de plus ; le cœur du problème est là.";

function misread(text: string, charset: string, times: number): string {
  let broken = text;
  for (let time = 0; time < times; time += 1) {
    broken = new TextDecoder(charset).decode(new TextEncoder().encode(broken));
  }
  return broken;
}

describe('mojibake', () => {
  test.each(
    ['windows-1252', 'iso-8859-1', 'iso-8859-15'].flatMap((charset) =>
      [1, 2, 3].map((times) => [charset, times] as const),
    ),
  )('UTF-8 read as %s %i times is put back', (charset, times) => {
    const repaired = repairMojibake(misread(TEXT, charset, times));
    expect(repaired.text).toBe(TEXT);
    expect(repaired.repaired).toBeGreaterThan(0);
    expect(repaired.suspected).toBe(false);
  });

  test('UTF-8 read as MacRoman or as a console code page is put back', () => {
    expect(repairMojibake(misread(TEXT, 'macintosh', 1)).text).toBe(TEXT);
    expect(repairMojibake('la r├®ponse donn├®e ├á lÔÇÖ├®l├¿ve').text).toBe('la réponse donnée à l’élève');
  });

  test('a byte that was lost leaves its mark, and only that one', () => {
    expect(repairMojibake('BudapeÅ\uFFFDti')).toEqual({ text: 'Budape\uFFFDti', repaired: 1, suspected: true });
  });

  test('a no-break space that was straightened inside a sequence is put back among its like', () => {
    expect(repairMojibake(misread('Русский', 'iso-8859-1', 1).replaceAll('\u00A0', ' ')).text).toBe('Русский');
    expect(repairMojibake('Ð est une lettre, É aussi').text).toBe('Ð est une lettre, É aussi');
  });

  test('an à whose last byte a spreadsheet trimmed is put back among French words only', () => {
    expect(repairMojibake("quant Ã lui, c'est-Ã -dire jusqu’Ã 10 ans").text).toBe(
      "quant à lui, c'est-à-dire jusqu’à 10 ans",
    );
    for (const clean of ['testing Ã entity', 'la lettre Ã est nasale', 'a 5 Ã 6 grid']) {
      expect(repairMojibake(clean).text).toBe(clean);
    }
  });

  test.each([2, 3])('UTF-8 read as MacRoman %i times is put back', (times) => {
    expect(repairMojibake(misread(TEXT, 'macintosh', times)).text).toBe(TEXT);
  });

  test('an ellipsis alone that was read as ISO-8859-15 is no hair space', () => {
    expect(repairMojibake(misread('du contrat… Fiche', 'iso-8859-15', 1)).text).toBe('du contrat… Fiche');
  });

  test('only the broken half of a text is changed', () => {
    const half = `Déjà vu à l’école. ${misread('Déjà vu à l’école.', 'windows-1252', 1)}`;
    expect(repairMojibake(half).text).toBe('Déjà vu à l’école. Déjà vu à l’école.');
  });

  test.each([
    TEXT,
    'ATENÇÃO: NÃO É PERMITIDO — IRMÃ, MAÇÃ, «SÃO»',
    'Il a dit : « ça ira »… “Brontë…”',
    'I am not such a fan of Charlotte Brontë…”',
    'AHÅ™, the new sofa; a radius of 10 Å—',
    'There are a lot of Ã’s in mojibake text',
    '5 × 3 ÷ 2 ≠ √2 ≈ 1,41 ¬p',
    '┌──┬──┐ ─ été ─ │ß│ ║',
    'ŒUVRES COMPLÈTES — TOME Ⅱ',
    'Tiếng Việt, български, עברית, العربية, 日本語, 한국어, 🏳️‍🌈',
    'NICIODATĂ™ TRANSFORMATORIŲ™',
  ])('clean text stays as it is: %s', (clean) => {
    expect(repairMojibake(clean)).toEqual({ text: clean, repaired: 0, suspected: false });
  });

  test('lost characters are suspected, never invented', () => {
    const { text, repaired, suspected } = repairMojibake('Les �l�ves');
    expect({ text, repaired, suspected }).toEqual({ text: 'Les �l�ves', repaired: 0, suspected: true });
  });

  test('punctuation of windows-1252 that was read as latin-1 is put back', () => {
    expect(repairMojibake('c\u0092est \u0093vu\u0094\u0085').text).toBe('c’est “vu”…');
  });
});
