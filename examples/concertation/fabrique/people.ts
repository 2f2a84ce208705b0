// Fictional personal data, planted on purpose: numbers of the ranges kept for fiction, reserved domains, valid keys.

import type { Random } from './random.ts';
import { FIRST_NAMES, LAST_NAMES, STREETS } from './slots.ts';
import type { Place } from './writing.ts';

export interface Planted {
  readonly kind: string;
  readonly value: string;
}

/** A sentence that gives something away, and the pieces of personal data in it, exactly as written. */
export function giveAway(
  place: Place,
  random: Random,
): { readonly sentence: string; readonly planted: readonly Planted[] } {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const full = random.pick([`${first} ${last}`, `${first} ${last.toUpperCase()}`]);
  const mail = `${plain(first)}.${plain(last)}@example.fr`;
  const person = { kind: 'person', value: full };
  switch (random.below(12)) {
    case 0:
      return { sentence: `Cordialement,\n${full}`, planted: [person] };
    case 1: {
      const value = spelled(phone(random));
      return { sentence: `Vous pouvez me joindre au ${value}.`, planted: [{ kind: 'phone', value }] };
    }
    case 2: {
      const value = phone(random);
      return { sentence: `Merci de me rappeler au ${value}, ${full}.`, planted: [{ kind: 'phone', value }, person] };
    }
    case 3:
      return { sentence: `Mon adresse mail : ${mail}`, planted: [{ kind: 'email', value: mail }] };
    case 4: {
      const street = `${1 + random.below(120)} ${random.pick(STREETS)}`;
      return {
        sentence: `J'habite ${street}, ${place.postcode} ${place.name}.`,
        planted: [{ kind: 'address', value: street }],
      };
    }
    case 5: {
      const value = nir(random);
      return { sentence: `Mon numéro de sécurité sociale est le ${value}.`, planted: [{ kind: 'nir', value }] };
    }
    case 6: {
      const value = plate(random);
      return {
        sentence: `Mon véhicule immatriculé ${value} a été abîmé par un nid-de-poule.`,
        planted: [{ kind: 'plate', value }],
      };
    }
    case 7: {
      const value = iban(random);
      return { sentence: `Pour le remboursement, mon IBAN est ${value}.`, planted: [{ kind: 'iban', value }] };
    }
    case 8: {
      const value = `${pad(1 + random.below(28))}/${pad(1 + random.below(12))}/${1938 + random.below(65)}`;
      return { sentence: `Je suis née le ${value} à ${place.name}.`, planted: [{ kind: 'birth-date', value }] };
    }
    case 9: {
      const title = random.pick(['M.', 'Mme', 'Monsieur', 'Madame']);
      return {
        sentence: `${title} ${last} de l'accueil a été informé(e) de tout cela.`,
        planted: [{ kind: 'person', value: last }],
      };
    }
    case 10: {
      const value = `@${plain(first)}_${plain(last)}`;
      return { sentence: `Répondez-moi plutôt sur mon compte ${value}.`, planted: [{ kind: 'handle', value }] };
    }
    default:
      return { sentence: `Je m'appelle ${full} et je signe ce que j'écris.`, planted: [person] };
  }
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\P{ASCII}/gu, '')
    .toLowerCase();
}

/** The ranges that the ARCEP keeps for works of fiction (decision 2018-0881). */
function phone(random: Random): string {
  const [prefix, middle] = random.pick([
    ['06', '3998'],
    ['02', '6191'],
    ['04', '6571'],
  ] as const);
  const digits = `${prefix}${middle}${pad(random.below(10000), 4)}`;
  const pairs = digits.match(/../g)!;
  return random.pick([pairs.join(' '), pairs.join('.'), digits, `+33 ${Number(pairs[0])} ${pairs.slice(1).join(' ')}`]);
}

const DIGITS = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];

function spelled(number: string): string {
  const digits = number.replace('+33 ', '0').replace(/\D/g, '');
  return [...digits].map((digit) => DIGITS[Number(digit)]).join(' ');
}

/** Key of the NIR: 97 minus the number modulo 97 (decree 82-103). */
function nir(random: Random): string {
  const body = `${1 + random.below(2)}${pad(40 + random.below(60))}${pad(1 + random.below(12))}38${pad(random.below(500), 3)}${pad(random.below(500), 3)}`;
  const key = pad(97 - Number(BigInt(body) % 97n));
  return random.chance(0.5)
    ? `${body}${key}`
    : `${body[0]} ${body.slice(1, 3)} ${body.slice(3, 5)} ${body.slice(5, 7)} ${body.slice(7, 10)} ${body.slice(10)} ${key}`;
}

function plate(random: Random): string {
  const letters = 'ABCDEFGHJKLMNPQRSTVWXYZ';
  const two = () => letters[random.below(letters.length)]! + letters[random.below(letters.length)]!;
  return `${two()}-${pad(random.below(999), 3)}-${two()}`;
}

/** Check digits of ISO 13616. */
function iban(random: Random): string {
  const account = `30006000011234567${pad(random.below(1_000_000), 6)}`;
  const check = pad(98 - Number(BigInt(`${account}152700`) % 97n));
  return `FR${check}${account}`.match(/.{1,4}/g)!.join(' ');
}
