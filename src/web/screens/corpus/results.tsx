// Documents found, a page at a time.

import { Link } from 'wouter';
import type { SearchAnswer } from '../../../api/documents.ts';
import { addressOf, type Parameters } from '../../address.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';

interface ResultsProps {
  readonly answer: SearchAnswer;
  readonly query: Parameters;
  /** False while the answer is the previous one's. */
  readonly settled: boolean;
}

export function Results({ answer, query, settled }: ResultsProps) {
  const { t } = useWords();
  const provisional = answer.items.some((item) => item.provisional);
  return (
    <section aria-labelledby="results-title" aria-busy={!settled} className="screen-part">
      <h2 id="results-title" className="hidden">
        {t('corpus.results')}
      </h2>
      <div className="context-row">
        <p className="total" role="status">
          {t('corpus.total', { n: answer.total })}
        </p>
        {provisional && <span className="badge warn">{t('corpus.provisional')}</span>}
      </div>
      {answer.total === 0 && (
        <div className="empty">
          <h3>{t('corpus.nothing')}</h3>
          <p>{t('corpus.nothing.body')}</p>
          <Link className="button" href="/corpus">
            {t('corpus.clear')}
          </Link>
        </div>
      )}
      <ol className="results">
        {answer.items.map((item) => (
          <Result key={item.id} item={item} />
        ))}
      </ol>
      {(answer.nextCursor !== null || query.cursor !== undefined) && (
        <nav className="actions pagination" aria-label={t('corpus.pages')}>
          {query.cursor !== undefined && (
            <Link className="button" href={addressOf('/corpus', { ...query, cursor: '' })}>
              {t('corpus.first')}
            </Link>
          )}
          {answer.nextCursor !== null && (
            <Link
              className="button"
              href={addressOf('/corpus', { ...query, cursor: answer.nextCursor })}
              onClick={() => window.scrollTo(0, 0)}
            >
              {t('corpus.next')}
            </Link>
          )}
        </nav>
      )}
    </section>
  );
}

function Result({ item }: { readonly item: SearchAnswer['items'][number] }) {
  const { t, date } = useWords();
  const labels = useLabels();
  return (
    <li className="result">
      <h3>
        <Link href={`/corpus/${item.id}`} className={item.title === null ? 'untitled' : undefined}>
          {item.title ?? firstWords(item.excerpt) ?? t('corpus.untitled')}
        </Link>
      </h3>
      <p lang={item.language === 'und' ? undefined : item.language}>
        {item.excerpt.map((segment, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: segments of a text have no other identity and never move
          segment.match ? <mark key={index}>{segment.text}</mark> : segment.text,
        )}
      </p>
      <p className="meta">
        <span className="badge">{labels.category('theme', item.theme)}</span>
        <span className={`badge ${item.tone ?? ''}`}>{labels.category('tone', item.tone)}</span>
        <span>{item.source}</span>
        {item.published !== null && <span>{date(item.published)}</span>}
        {item.department !== null && <span>{labels.department(item.department)}</span>}
        {item.copies > 1 && <span className="badge warn">{t('corpus.copies', { n: item.copies })}</span>}
      </p>
    </li>
  );
}

function firstWords(excerpt: SearchAnswer['items'][number]['excerpt']): string | null {
  const text = excerpt
    .map((segment) => segment.text)
    .join('')
    .trim();
  if (text === '') return null;
  return text.length <= 70 ? text : `${text.slice(0, 69).trimEnd()}…`;
}
