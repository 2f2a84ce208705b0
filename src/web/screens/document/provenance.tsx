// From the text shown down to the bytes received, one link of the chain a line.

import type { DocumentAnswer } from '../../../api/documents.ts';
import { useWords } from '../../language.tsx';

export function ProvenanceChain({ document }: { readonly document: DocumentAnswer }) {
  const { t, dateTime } = useWords();
  const { provenance, source, id } = document;
  const { snapshot, recipe } = provenance;
  return (
    <section className="card" aria-labelledby="provenance-title">
      <h2 id="provenance-title">{t('document.provenance')}</h2>
      <p className="faint">{t('document.provenance.intro')}</p>
      <ol className="chain">
        <li>
          <strong>{t('document.chain.document')}</strong>
          <span className="code">{id}</span>
        </li>
        <li>
          <strong>{t('document.chain.recipe')}</strong>
          <span className="code">{recipe.id}</span>
          <details>
            <summary className="small">{t('document.recipe.body')}</summary>
            <code className="small">{recipe.body}</code>
          </details>
        </li>
        <li>
          <strong>{t('document.chain.record')}</strong> {t('document.ordinal', { n: provenance.ordinal + 1 })}
          {provenance.key !== null && `, ${t('document.key', { key: provenance.key })}`}
          <span className="code">{provenance.record}</span>
        </li>
        <li>
          <strong>{t('document.chain.snapshot')}</strong>{' '}
          {t('document.fetched', { date: dateTime(snapshot.fetchedAt) })}
          <br />
          <span className="small">
            {[
              snapshot.location,
              snapshot.mediaType,
              snapshot.charset,
              snapshot.sizeBytes === null ? null : t('document.size', { n: snapshot.sizeBytes }),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
          {snapshot.sha256 !== null && <span className="code">{snapshot.sha256}</span>}
        </li>
        <li>
          <strong>{t('document.chain.source')}</strong> {source}
        </li>
      </ol>
    </section>
  );
}
