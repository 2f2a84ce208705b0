// How many documents each value holds, as links: choosing one narrows, choosing it again widens.

import { Link } from 'wouter';
import type { SearchAnswer } from '../../../api/documents.ts';
import { addressOf, type Parameters } from '../../address.ts';
import { type Labels, useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { useMedia } from '../../media.ts';

const FACETS = ['theme', 'tone', 'source', 'department', 'language'] as const;
type FacetName = (typeof FACETS)[number];

/** Values shown before the reader asks for all. */
const SHOWN = 8;

interface FacetsProps {
  readonly answer: SearchAnswer;
  readonly query: Parameters;
  readonly change: (changes: Parameters) => void;
}

export function Facets({ answer, query, change }: FacetsProps) {
  const { t } = useWords();
  const wide = useMedia('(min-width: 62rem)');
  return (
    // Open where there is room beside the results; the reader opens it elsewhere.
    <details key={String(wide)} open={wide} className="facets card">
      <summary>{t('corpus.filters')}</summary>
      <label className="check">
        <input
          type="checkbox"
          checked={query.duplicates !== 'all'}
          onChange={(event) => change({ duplicates: event.target.checked ? '' : 'all', cursor: '' })}
        />
        {t('corpus.fold')}
      </label>
      {FACETS.map((facet) => (
        <Facet key={facet} facet={facet} values={answer.facets[facet]} query={query} />
      ))}
    </details>
  );
}

interface FacetProps {
  readonly facet: FacetName;
  readonly values: SearchAnswer['facets'][FacetName];
  readonly query: Parameters;
}

function Facet({ facet, values, query }: FacetProps) {
  const { t } = useWords();
  const labels = useLabels();
  if (values.length === 0) return null;
  const first = values.slice(0, SHOWN);
  const rest = values.slice(SHOWN);
  const list = (entries: FacetProps['values']) => (
    <ul className="plain">
      {entries.map(({ value, n }) => (
        <FacetLink key={value} name={facet} value={value} n={n} query={query} title={titleOf(facet, value, labels)} />
      ))}
    </ul>
  );
  return (
    <div className="facet">
      <h2 className="small">{t(`corpus.${facet}`)}</h2>
      {list(first)}
      {rest.length > 0 && (
        <details open={rest.some(({ value }) => value === query[facet])}>
          <summary className="small">{t('corpus.more', { n: values.length })}</summary>
          {list(rest)}
        </details>
      )}
    </div>
  );
}

interface FacetLinkProps {
  readonly name: string;
  readonly value: string;
  readonly n: number;
  readonly title: string;
  readonly query: Parameters;
}

function FacetLink({ name, value, n, title, query }: FacetLinkProps) {
  const { number } = useWords();
  const chosen = query[name] === value;
  return (
    <li>
      <Link
        href={addressOf('/corpus', { ...query, cursor: '', [name]: chosen ? '' : value })}
        aria-current={chosen ? 'true' : undefined}
      >
        <span>{title}</span> <span className="n">{number(n)}</span>
      </Link>
    </li>
  );
}

function titleOf(facet: FacetName, value: string, labels: Labels): string {
  if (facet === 'theme' || facet === 'tone') return labels.category(facet, value);
  if (facet === 'department') return labels.department(value);
  if (facet === 'language') return labels.speech(value);
  return value;
}
