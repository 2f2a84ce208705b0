// What is known of a document, and what the law lets be done with it.

import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { DocumentAnswer } from '../../../api/documents.ts';
import { addressOf } from '../../address.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';

export function Facts({ document }: { readonly document: DocumentAnswer }) {
  const { t, date, duration } = useWords();
  const labels = useLabels();
  const unknown = <span className="faint">{t('document.unknown')}</span>;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('document.chain.source'),
      <Link key="source" href={addressOf('/corpus', { source: document.source })}>
        {document.source}
      </Link>,
    ],
    [t('document.published'), document.published === null ? unknown : date(document.published)],
    [t('document.language'), labels.speech(document.language)],
    [t('document.url'), webAddress(document.url)],
    [t('document.licence'), document.licence],
    [t('document.legalBasis'), document.legalBasis],
    [t('document.purpose'), document.purpose],
    [t('document.retention'), duration(document.retention)],
    [t('document.clearance'), <Clearance key="clearance" clearance={document.clearance} />],
  ];
  return (
    <section className="card" aria-labelledby="facts-title">
      <h2 id="facts-title">{t('document.identity')}</h2>
      <dl className="facts">
        {facts
          .filter(([, fact]) => fact !== null)
          .map(([name, fact]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Clearance({ clearance }: { readonly clearance: DocumentAnswer['clearance'] }) {
  const { t, named } = useWords();
  if (clearance === null) return t('document.clearance.none');
  if (clearance.kind === 'cleared') return t('document.clearance.cleared');
  return t('document.clearance.refused', {
    reasons: clearance.reasons.map((reason) => named('reason', reason)).join(', '),
  });
}

/** Only web addresses become links: a source may write `javascript:` in its address. */
function webAddress(url: string | null): ReactNode {
  if (url === null) return null;
  if (!/^https?:\/\//i.test(url)) return url;
  return (
    <a href={url} rel="noreferrer noopener external">
      {url}
    </a>
  );
}
