// Turns a message of the catalog into words: placeholders, plural forms, and the spaces French typography wants.

import { en } from './messages/en.ts';
import { fr } from './messages/fr.ts';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type MessageKey = keyof typeof fr;
export type MessageValues = Readonly<Record<string, string | number>>;

const CATALOGS: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { fr, en };

/**
 * Spells a message. `one | other` forms are chosen by the value named `n`; numbers are written as the language does.
 * Sources of the plural rule: Unicode CLDR through Intl (in French, 0 and 1 are singular).
 */
export function spell(language: Language, key: MessageKey, values: MessageValues = {}): string {
  const forms = CATALOGS[language][key].split(' | ');
  const n = values.n;
  const plural = typeof n === 'number' && new Intl.PluralRules(language).select(n) !== 'one';
  const form = (plural ? forms[1] : undefined) ?? forms[0]!;
  const filled = form.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
  return language === 'fr' ? typeset(filled) : filled;
}

/** Tells whether the catalog has this message: codes that come from data may be newer than the catalog. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(CATALOGS.fr, key);
}

/** Non-breaking spaces: narrow before ; ! ? » % and after «, full before the colon (Lexique de l'Imprimerie nationale). */
export function typeset(text: string): string {
  return text
    .replace(/ (?=[;!?»%])/g, '\u202f')
    .replace(/« /g, '«\u202f')
    .replace(/ :/g, '\u00a0:');
}
