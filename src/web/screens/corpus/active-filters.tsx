// Filters in force, each with the way to remove it; the period is only ever shown here.

import { Link } from 'wouter';
import { addressOf, type Parameters } from '../../address.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';

export function ActiveFilters({ query }: { readonly query: Parameters }) {
  const { t, date } = useWords();
  const labels = useLabels();
  const { from, to, source, theme, tone, department, language } = query;
  const named: readonly (readonly [names: readonly string[], value: string | undefined])[] = [
    [
      ['from', 'to'],
      from === undefined && to === undefined
        ? undefined
        : t('corpus.period.value', { from: from ? date(from) : '…', to: to ? date(to) : '…' }),
    ],
    [['source'], source],
    [['theme'], theme && labels.category('theme', theme)],
    [['tone'], tone && labels.category('tone', tone)],
    [['department'], department && labels.department(department)],
    [['language'], language && labels.speech(language)],
  ];
  const active = named.filter((entry): entry is readonly [readonly string[], string] => entry[1] !== undefined);
  if (active.length === 0) return null;
  return (
    <ul className="pills" aria-label={t('corpus.active')}>
      {active.map(([names, value]) => (
        <li key={names[0]}>
          <Link
            className="pill"
            href={addressOf('/corpus', {
              ...query,
              cursor: '',
              ...Object.fromEntries(names.map((name) => [name, ''])),
            })}
            aria-label={t('corpus.remove', { value })}
          >
            {value} <span aria-hidden="true">×</span>
          </Link>
        </li>
      ))}
      <li>
        <Link className="button quiet" href="/corpus">
          {t('corpus.clear')}
        </Link>
      </li>
    </ul>
  );
}
