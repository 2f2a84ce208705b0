// How the source is called, and how often it is collected, with the next three times.

import { useState } from 'react';
import { type Mistake, useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { type Draft, nameFrom } from './draft.ts';
import { useMistakeWords } from './mistakes.tsx';
import { WordsField } from './words-field.tsx';

interface RhythmStepProps {
  readonly draft: Draft;
  readonly isNew: boolean;
  readonly mistakes: readonly Mistake[];
  readonly change: (part: Partial<Draft>) => void;
}

export function RhythmStep({ draft, isNew, mistakes, change }: RhythmStepProps) {
  const { t } = useWords();
  const say = useMistakeWords();
  const [named, setNamed] = useState(draft.name !== '');
  const at = (pointer: string) => mistakes.filter((mistake) => mistake.pointer === pointer);
  return (
    <div className="form">
      {at('/').map((mistake) => (
        <p key={mistake.detail} className="notice bad">
          {say(mistake)}
        </p>
      ))}
      <WordsField
        label={t('rhythm.title')}
        help={t('rhythm.title.help')}
        value={draft.title}
        mistakes={at('/title')}
        change={(title) => change(named || !isNew ? { title } : { title, name: nameFrom(title) })}
      />
      <WordsField
        label={t('rhythm.name')}
        help={t(isNew ? 'rhythm.name.help' : 'rhythm.name.fixed')}
        value={draft.name}
        required
        disabled={!isNew}
        mistakes={at('/name')}
        change={(name) => {
          setNamed(name !== '');
          change({ name: name.toLowerCase().replace(/[^a-z0-9-]/g, '-') });
        }}
      />
      <WordsField
        label={t('rhythm.every')}
        help={<NextRuns every={draft.every} />}
        value={draft.every}
        suggestions={['minutes', 'hour', 'day', 'week', 'month'].map((unit) => t(`rhythm.every.${unit as 'day'}`))}
        mistakes={at('/every')}
        change={(every) => change({ every })}
      />
      <label className="check">
        <input type="checkbox" checked={draft.paused} onChange={(event) => change({ paused: event.target.checked })} />
        {t('rhythm.paused')}
      </label>
    </div>
  );
}

function NextRuns({ every }: { readonly every: string }) {
  const { t, language, dateTime } = useWords();
  const words = every.trim();
  const { data } = useAnswer('/api/v1/rhythm', { every: words }, { enabled: words !== '', keepPrevious: true });
  if (words === '') return <p>{t('rhythm.every.none')}</p>;
  if (data === undefined) return <p>…</p>;
  if (data.problem !== null) return <p className="warning">{t('rhythm.unknown', { hint: data.problem[language] })}</p>;
  return (
    <p>
      {t('rhythm.next')} {data.next.map(dateTime).join(' · ')}
    </p>
  );
}
