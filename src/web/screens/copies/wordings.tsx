// The wordings of a group, with the passages that the group's own text does not have.

import { Link } from 'wouter';
import type { CopyGroupPageAnswer } from '../../../api/copies.ts';
import { useWords } from '../../language.tsx';
import { segmentsOf } from '../document/highlight.ts';

type Wording = CopyGroupPageAnswer['members'][number];

export function Wordings({ wordings }: { readonly wordings: readonly Wording[] }) {
  const { t } = useWords();
  return (
    <section className="screen-part" aria-labelledby="members-title">
      <h2 id="members-title">{t('copies.members')}</h2>
      <p className="small faint">{t('copies.members.lead')}</p>
      <ol className="results">
        {wordings.map((wording) => (
          <li key={wording.copies[0]?.id} className="result">
            <WordingBody wording={wording} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function WordingBody({ wording }: { readonly wording: Wording }) {
  const { t, percent, date } = useWords();
  const segments = segmentsOf(
    wording.text,
    wording.distinct.map(({ start, end }) => ({ start, end, kind: 'distinct', label: t('copies.distinct') })),
  );
  return (
    <>
      <div className="context-row">
        <h3>{t('copies.documents', { n: wording.documents })}</h3>
        {wording.reference ? (
          <span className="badge">{t('copies.wording.reference')}</span>
        ) : (
          <span className="badge">{t('copies.wording.share', { share: percent(wording.share) })}</span>
        )}
      </div>
      {!wording.reference && wording.distinct.length === 0 && <p>{t('copies.wording.same')}</p>}
      {!wording.reference && (
        <p className="words member" lang={wording.language === 'und' ? undefined : wording.language} dir="auto">
          {segments.map((segment) =>
            segment.kinds.length === 0 ? (
              segment.text
            ) : (
              <mark
                key={segment.start}
                className={segment.kinds.join(' ')}
                title={segment.labels.join(', ') || undefined}
              >
                {segment.text}
              </mark>
            ),
          )}
        </p>
      )}
      {wording.truncated && <p className="small faint">{t('copies.truncated')}</p>}
      <ul className="meta" aria-label={t('copies.wording.documents')}>
        {wording.copies.map((copy) => (
          <li key={copy.id}>
            <Link href={`/corpus/${copy.id}`}>
              {copy.source}
              {copy.published !== null && `, ${date(copy.published)}`} ({copy.id.slice(0, 8)})
            </Link>
          </li>
        ))}
        {wording.documents > wording.copies.length && (
          <li>{t('copies.wording.more', { n: wording.documents - wording.copies.length })}</li>
        )}
      </ul>
    </>
  );
}
