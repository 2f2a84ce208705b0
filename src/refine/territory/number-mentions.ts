// Places said by their number: `dans le 93`, `code postal 69100`.

import { UNITS } from './cue-words.ts';
import { gazetteer } from './gazetteer.ts';
import { GAP, type NameWords } from './name-words.ts';
import { addFound, type Scan } from './scan.ts';

/** A département by its number, or a town by its postal code, where words say that it is one. Returns the rank to go on from. */
export function readNumber(scan: Scan, rank: number): number {
  const word = scan.words.word(rank);
  if (/^\d{5}$/.test(word)) readPostalCode(scan, rank, word);
  else if (/^(?:\d{2}|2[ab]|97\d)$/.test(word)) readDepartmentNumber(scan, rank, word);
  return rank + 1;
}

function readPostalCode(scan: Scan, rank: number, code: string): void {
  const { words } = scan;
  const before = words.word(rank - 1);
  const isPlaced = (before === 'le' || before === 'du') && /^(?:depuis|dans|habite)$/.test(words.word(rank - 2));
  if (!isPlaced && before !== 'postal' && before !== 'cp') return;
  const communes = isCounted(words, rank) ? [] : gazetteer().atPostalCode(code);
  if (communes.length === 0) return;
  addFound(
    scan,
    { first: rank, last: rank },
    {
      ...({ kind: 'commune', name: code, communes, beside: 'postal-code', arrondissement: null } as const),
      ...({ trust: 0.9, role: 'author' } as const),
    },
  );
}

function readDepartmentNumber(scan: Scan, rank: number, code: string): void {
  const { words } = scan;
  const before = words.word(rank - 1);
  const isSaid = /^(?:departement|dpt|dept)$/.test(before) || (before === 'le' && words.word(rank - 2) === 'dans');
  const place = isSaid && !isCounted(words, rank) ? gazetteer().department(code.toUpperCase()) : undefined;
  if (place === undefined) return;
  addFound(
    scan,
    { first: rank, last: rank },
    { kind: 'area', place, rule: 'department-number', trust: 0.8, role: null },
  );
}

/** `dans le 93 mètres`: the number counts something. */
function isCounted(words: NameWords, rank: number): boolean {
  return words.gaps[rank]! <= GAP.apostrophe && UNITS.has(words.word(rank + 1));
}
