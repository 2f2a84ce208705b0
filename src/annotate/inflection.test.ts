import { describe, expect, test } from 'vitest';
import { adjectiveForms, nounForms, verbForms } from './inflection.ts';

describe('nounForms', () => {
  test.each([
    ['impot', 'impots'],
    ['hopital', 'hopitaux'],
    ['tableau', 'tableaux'],
    ['jeu', 'jeux'],
    ['prix', 'prix'],
  ])('of %s hold %s', (noun, form) => expect(nounForms(noun)).toContain(form));
});

describe('adjectiveForms', () => {
  test.each([
    ['heureux', 'heureuses heureusement'],
    ['beau', 'belle belles beaux'],
    ['municipal', 'municipaux municipales'],
    ['destructeur', 'destructrice'],
    ['menteur', 'menteuses'],
    ['inclusif', 'inclusive inclusivement'],
    ['bon', 'bonne bonnes'],
    ['public', 'publique publics'],
    ['evident', 'evidemment evidente'],
    ['brillant', 'brillamment brillantes'],
    ['joli', 'jolie joliment'],
  ])('of %s hold %s', (adjective, forms) => {
    expect(adjectiveForms(adjective)).toEqual(expect.arrayContaining(forms.split(' ')));
  });
});

describe('verbForms', () => {
  test.each([
    ['aimer', 'aime aiment aimons aimait aimerais aimee'],
    ['encourager', 'encourageons encourageait encourage'],
    ['jeter', 'jette jettera jetons'],
    ['ennuyer', 'ennuie ennuient ennuyait ennuiera'],
    ['reussir', 'reussit reussissent reussie reussirons'],
    ['perdre', 'perd perds perdu perdrait'],
    ['decevoir', 'decoit decoivent decu decue decevra'],
    ['soutenir', 'soutient soutenons soutenu soutiendra soutiennent'],
    ['detruire', 'detruit detruisent detruite'],
    ['plaindre', 'plaint plaignent plaindra'],
    ['souffrir', 'souffre souffrent souffrait souffert'],
    ['promettre', 'promet promettent promis promise'],
    ['apprendre', 'apprend apprennent appris'],
    ['mentir', 'ment mentent mentait menti'],
    ['emouvoir', 'emeut emeuvent emue'],
  ])('of %s hold %s', (verb, forms) => {
    expect(verbForms(verb)).toEqual(expect.arrayContaining(forms.split(' ')));
  });
});
