// Durations, sizes and ages in the reader's language.

import { useMemo } from 'react';
import { useWords } from '../../language.tsx';

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

interface Amounts {
  /** `3,2 s`, `12 min`. */
  readonly span: (seconds: number) => string;
  /** `il y a 5 heures`. */
  readonly ago: (seconds: number) => string;
  readonly bytes: (count: number) => string;
}

export function useAmounts(): Amounts {
  const { language } = useWords();
  return useMemo(() => {
    const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
    const unitOf = (seconds: number) => UNITS.find(([, length]) => seconds >= length) ?? UNITS[3];
    return {
      span(seconds) {
        const [unit, length] = unitOf(seconds);
        const style = {
          style: 'unit',
          unit,
          unitDisplay: 'short',
          maximumFractionDigits: seconds < 10 ? 1 : 0,
        } as const;
        return new Intl.NumberFormat(locale, style).format(seconds / length);
      },
      ago(seconds) {
        const [unit, length] = unitOf(seconds);
        const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
        return relative.format(-Math.floor(seconds / length), unit);
      },
      bytes(count) {
        const rank = Math.min(SIZES.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
        const style = { style: 'unit', unit: SIZES[rank]!, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
        return new Intl.NumberFormat(locale, style).format(count / 1000 ** rank);
      },
    };
  }, [language]);
}
