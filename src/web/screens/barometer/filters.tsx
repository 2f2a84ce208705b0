// Filters of the barometer. Each change is an address, so that Back undoes it and a link shows it.

import { useId } from 'react';
import type { Parameters } from '../../address.ts';
import { useAnswer } from '../../client.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { TypedChoice } from '../../parts/typed-choice.tsx';

interface FiltersProps {
  readonly filter: Parameters;
  readonly change: (changes: Parameters) => void;
}

const COUNTINGS = ['raw', 'deduplicated'] as const;

export function BarometerFilters({ filter, change }: FiltersProps) {
  const { t, language } = useWords();
  const labels = useLabels();
  const { data: corpus } = useAnswer('/api/v1/documents', { limit: '1', duplicates: 'all' }, { staleTime: 600_000 });
  const departments = (corpus?.facets.department ?? [])
    .map(({ value }) => ({ id: value, title: `${labels.department(value)} (${value})` }))
    .toSorted((left, right) => left.title.localeCompare(right.title, language));
  const sources = (corpus?.facets.source ?? []).map(({ value }) => ({ id: value, title: value }));
  const themes = labels.categories('theme').map((id) => ({ id, title: labels.category('theme', id) }));
  const set = (name: string) => (value: string) => change({ [name]: value });
  const filtered = Object.keys(filter).length > 0;
  return (
    <search aria-label={t('barometer.filters')} className="filters">
      <Day label={t('barometer.from')} value={filter.from ?? ''} onChange={set('from')} />
      <Day label={t('barometer.to')} value={filter.to ?? ''} onChange={set('to')} />
      <Choice
        label={t('barometer.source')}
        all={t('barometer.allSources')}
        value={filter.source ?? ''}
        options={sources}
        onChoose={set('source')}
      />
      <TypedChoice
        label={t('barometer.department')}
        all={t('barometer.all')}
        value={filter.department ?? ''}
        options={departments}
        onChoose={set('department')}
      />
      <Choice
        label={t('barometer.theme')}
        all={t('barometer.all')}
        value={filter.theme ?? ''}
        options={themes}
        onChoose={set('theme')}
      />
      <fieldset className="field">
        <legend>{t('barometer.counting')}</legend>
        <div className="segments">
          {COUNTINGS.map((counting) => (
            <label key={counting}>
              <input
                type="radio"
                name="counting"
                checked={(filter.counting ?? 'raw') === counting}
                onChange={() => change({ counting: counting === 'raw' ? '' : counting })}
              />
              {t(`barometer.${counting}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {filtered && (
        <button
          type="button"
          className="button quiet"
          onClick={() => change(Object.fromEntries(Object.keys(filter).map((name) => [name, ''])))}
        >
          {t('barometer.reset')}
        </button>
      )}
    </search>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Day({ label, value, onChange }: DayProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}
