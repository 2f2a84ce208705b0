// Problems and remarks met on the way, and the source's own columns that were kept.

import type { DocumentAnswer } from '../../../api/documents.ts';
import { useWords } from '../../language.tsx';

export function Findings({ document }: { readonly document: DocumentAnswer }) {
  const { t, named } = useWords();
  const attributes = Object.entries(document.attributes);
  return (
    <section className="card" aria-labelledby="findings-title">
      <h2 id="findings-title">{t('document.findings')}</h2>
      {document.findings.length === 0 ? (
        <p className="faint">{t('document.findings.none')}</p>
      ) : (
        <ul>
          {document.findings.map((finding) => (
            <li key={`${finding.code} ${finding.at} ${finding.evidence}`}>
              {named('finding', finding.code)}{' '}
              <span className="small faint">
                ({finding.at}
                {finding.evidence === '' ? '' : `, ${finding.evidence}`})
              </span>
            </li>
          ))}
        </ul>
      )}
      {attributes.length > 0 && (
        <>
          <h3>{t('document.attributes')}</h3>
          <dl className="facts">
            {attributes.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
