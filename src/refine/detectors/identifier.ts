// Numbers that files give to people: patients, claimants, taxpayers, passports. A number alone says nothing: words decide.

import { defineDetector, type Found, matchesAt } from '../detector.ts';

export default defineDetector({
  name: 'identifier',
  kinds: ['identifier'],
  form: false,
  gate: /[0-9]{3}/,
  lead: /^(?:n[ºo]?|num[ée]ro|r[ée]f(?:[ée]rence)?)?(?:dossier|contrat|client|adh[ée]rent|abonn[ée]|commande|s[ée]jour|demande|agent|ipp|nip|nda|iep|ins|ine|rpps|adeli|am|spi|allocataires?|caf|matricule|identifiant|num[ée]ro|fiscal|passeport|carte|cni|titre|permis|patiente?|b[ée]n[ée]ficiaire|demandeur|p[ôo]le|p[ôo]le-emploi|france)?$/iu,
  examples: {
    found: [
      'IPP : ⟦identifier:8012000402⟧',
      'NDA: ⟦identifier:1204UZO201⟧ - IPP ⟦identifier:2025000320⟧',
      'mon n° allocataire est le ⟦identifier:1234567 A⟧.',
      'numéro fiscal ⟦identifier:30 12 345 678 901⟧',
      'matricule n°⟦identifier:AB-45120⟧',
      'passeport ⟦identifier:12AB34567⟧',
      'dossier n° ⟦identifier:2024/45871⟧',
      'N° RPPS ⟦identifier:10001234567⟧',
      'LEA DURAND | F | 12/03/1984 | ⟦identifier:9056297000⟧ | ⟦identifier:1298947000⟧',
      'carte d’identité n° ⟦identifier:880692310285⟧',
    ],
    spared: [
      'dossier 2024',
      'le dossier de 12000 euros',
      'le contrat de 2021',
      'passeport 2025',
      'client depuis 2004',
      'n° 12',
    ],
  },
  detect(text, _, leads) {
    const found: Found[] = [];
    for (const cue of matchesAt(text, CUE, leads)) {
      const from = cue.index + cue[0].length;
      const value = VALUE.exec(text.slice(from, from + 60));
      if (value === null) continue;
      const digits = value[2]!.replace(/[^0-9]/g, '').length;
      const isNumbered = /n[°ºo.]|num[ée]ro|r[ée]f[ée]rence|:/i.test(cue[0] + value[1]!);
      const isVague = cue[1] !== undefined;
      if (digits < (isVague ? 5 : 4) || (isVague && !isNumbered) || /^(?:19|20)[0-9]{2}$/.test(value[2]!)) continue;
      const start = from + value[1]!.length;
      found.push({ start, end: start + value[2]!.length, kind: 'identifier' });
    }
    for (const row of text.matchAll(ROW)) {
      for (const cell of row[1]!.matchAll(/[0-9]{8,14}/g)) {
        const start = row.index + row[0].length - row[1]!.length + cell.index;
        found.push({ start, end: start + cell[0].length, kind: 'identifier' });
      }
    }
    return found;
  },
});

/** Words that name a number of a person; those of the first group also name many other things. */
const CUE =
  /(?<!\p{L})(?:(?:(?:n[°ºo.]|num[ée]ro|r[ée]f[ée]rence|r[ée]f\.?)(?: de| du| d['’])? ?)?(?:(dossier|contrat|client|adh[ée]rent|abonn[ée]|commande|s[ée]jour|demande|agent)|ipp|nip|nda|iep|ins|ine|rpps|adeli|am|spi|allocataires?|caf|matricule|(?:identifiant )?(?:num[ée]ro )?fiscal|passeport|(?:carte (?:nationale )?d['’]identit[ée])|cni|titre de s[ée]jour|permis de conduire|patiente?|b[ée]n[ée]ficiaire|demandeur d['’]emploi|p[ôo]le[ -]emploi|france travail))(?!\p{L})/iuy;

const VALUE =
  /^([\s.,:()=]{0,3}(?:(?:n[°ºo.]|num[ée]ro|est|le|id|fiscal)[\s.:]{0,3}){0,3})([A-Z]{0,3}[-/ ]?[0-9](?:[ ./-]?[A-Z0-9]){2,18}?(?: [A-Z])?)(?![\p{L}\p{N}]|[ ./-]?[0-9]|,[0-9]| ?(?:€|euros?|%|ans\b))/iu;

/** Cells of numbers that follow a date in a row written with bars. */
const ROW = /[0-9]{2}[/.-][0-9]{2}[/.-][0-9]{4}((?: ?[|;\t] ?[0-9]{8,14}){1,4})(?![0-9])/g;
