// How long a run will still take, as far as anything tells.

import type { RunDetailAnswer } from '../../../api/run-schemas.ts';
import { useWords } from '../../language.tsx';
import { useDurations } from './durations.ts';

export function Remaining({ remaining }: { readonly remaining: RunDetailAnswer['remaining'] }) {
  const { t } = useWords();
  const { about } = useDurations();
  if (remaining === null) return null;
  return (
    <p className="remaining">
      {t(remaining.atLeast ? 'run.remaining.atLeast' : 'run.remaining', { about: about(remaining.seconds) })}
    </p>
  );
}
