// Durations for people: exact for what is over, rounded for what is guessed.

import { useMemo } from 'react';
import { useWords } from '../../language.tsx';

interface Durations {
  /** `2 min 5 s`. */
  readonly span: (seconds: number) => string;
  /** `environ 3 min`: no finer than what it rests on. */
  readonly about: (seconds: number) => string;
}

export function useDurations(): Durations {
  const { t } = useWords();
  return useMemo(
    () => ({
      span(seconds) {
        const whole = Math.max(0, Math.round(seconds));
        if (whole < 60) return t('span.seconds', { seconds: seconds < 10 ? Math.round(seconds * 10) / 10 : whole });
        const minutes = Math.floor(whole / 60);
        if (minutes < 60) return t('span.minutes', { minutes, seconds: whole % 60 });
        return t('span.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
      },
      about(seconds) {
        if (seconds < 10) return t('about.moment');
        if (seconds < 55) return t('about.seconds', { n: Math.round(seconds / 10) * 10 });
        if (seconds < 3300) return t('about.minutes', { n: Math.max(1, Math.round(seconds / 60)) });
        return t('about.hours', { n: Math.round(seconds / 1800) / 2 });
      },
    }),
    [t],
  );
}
