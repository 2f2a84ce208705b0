// The group of copies a text belongs to: a campaign is one voice said many times, and is shown as such.

import { Link } from 'wouter';
import type { DocumentAnswer } from '../../../api/documents.ts';
import { useWords } from '../../language.tsx';

const SHOWN = 5;

interface CopiesProps {
  readonly cluster: NonNullable<DocumentAnswer['cluster']>;
  readonly id: string;
}

export function Copies({ cluster }: CopiesProps) {
  const { t } = useWords();
  const first = cluster.copies.slice(0, SHOWN);
  const rest = cluster.copies.slice(SHOWN);
  return (
    <section className="card" aria-labelledby="copies-title">
      <div className="context-row">
        <h2 id="copies-title">{t('document.copies')}</h2>
        {cluster.campaign && <span className="badge warn">{t('document.campaign')}</span>}
      </div>
      <p>{t('document.copies.body', { n: cluster.size })}</p>
      <p>
        <Link href={`/copies/${cluster.id}`}>{t('document.copies.compare')}</Link>
      </p>
      <CopyList copies={first} />
      {rest.length > 0 && (
        <details>
          <summary>{t('document.copies.all', { n: cluster.copies.length })}</summary>
          <CopyList copies={rest} />
        </details>
      )}
    </section>
  );
}

/** The form letter that this text fills in: each filling still counts. */
export function Model({ model }: { readonly model: NonNullable<DocumentAnswer['model']> }) {
  const { t, percent } = useWords();
  return (
    <section className="card" aria-labelledby="model-title">
      <h2 id="model-title">{t('document.model.title')}</h2>
      <p>{t('document.model', { n: model.documents, share: percent(model.share) })}</p>
      <p>
        <Link href={`/copies/${model.id}`}>{t('document.copies.compare')}</Link>
      </p>
    </section>
  );
}

function CopyList({ copies }: { readonly copies: CopiesProps['cluster']['copies'] }) {
  const { t, date } = useWords();
  return (
    <ul>
      {copies.map((copy) => (
        <li key={copy.id}>
          <Link href={`/corpus/${copy.id}`}>
            {copy.title ?? t('corpus.untitled')} ({copy.id.slice(0, 8)})
          </Link>{' '}
          <span className="small faint">
            {copy.source}
            {copy.published !== null && `, ${date(copy.published)}`}
            {copy.representative && `, ${t('document.representative')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
