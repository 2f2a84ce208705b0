// The reader's language: messages, numbers, dates.

import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import { isMessageKey, LANGUAGES, type Language, type MessageKey, type MessageValues, spell } from './message.ts';
import { useRemembered } from './remembered.ts';

export interface Words {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  /** The message `family.code`, or the code itself where the catalog does not know it. */
  readonly named: (family: string, code: string, values?: MessageValues) => string;
  readonly number: (value: number) => string;
  /** `value` is a share in [0, 1]. */
  readonly percent: (value: number, digits?: number) => string;
  /** Any precision: `2026`, `2026-05`, `2026-05-12`, an instant. */
  readonly date: (value: string) => string;
  readonly dateTime: (value: string) => string;
  /** A duration as the settings write it (`3 years`), in the reader's words. */
  readonly duration: (value: string) => string;
}

const LanguageContext = createContext<Words | null>(null);

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useRemembered('language', LANGUAGES, 'fr');
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const words = useMemo(() => wordsOf(language, setLanguage), [language, setLanguage]);
  return <LanguageContext value={words}>{children}</LanguageContext>;
}

export function useWords(): Words {
  const words = use(LanguageContext);
  if (words === null) throw new Error('useWords is used outside LanguageProvider');
  return words;
}

function wordsOf(language: Language, setLanguage: (language: Language) => void): Words {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const plain = new Intl.NumberFormat(locale);
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    language,
    setLanguage,
    t: (key, values) => spell(language, key, values),
    named(family, code, values) {
      const key = `${family}.${code}`;
      return isMessageKey(key) ? spell(language, key, values) : code;
    },
    number: (value) => plain.format(value),
    percent: (value, digits = 0) =>
      new Intl.NumberFormat(locale, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(value),
    date: (value) => dateOf(value, locale),
    dateTime: (value) => moment.format(new Date(value)),
    duration(value) {
      const [, count, unit] = /^(\d{1,5}) (year|month|week|day)s?$/.exec(value) ?? [];
      if (count === undefined) return value;
      return new Intl.NumberFormat(locale, { style: 'unit', unit: unit!, unitDisplay: 'long' }).format(Number(count));
    },
  };
}

function dateOf(value: string, locale: string): string {
  if (/^\d{4}$/.test(value)) return value;
  const date = new Date(value.length === 7 ? `${value}-01` : value);
  if (Number.isNaN(date.getTime())) return value;
  const day = value.length > 7 ? ({ day: 'numeric' } as const) : {};
  // A day without an hour is a day of the calendar, not an instant: it must not move with the reader's time zone.
  const zone = value.length > 10 ? {} : ({ timeZone: 'UTC' } as const);
  return new Intl.DateTimeFormat(locale, { ...day, month: 'short', year: 'numeric', ...zone }).format(date);
}
