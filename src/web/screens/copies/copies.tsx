// Groups of copies, largest first: campaigns, near copies, form letters.

import { Link } from 'wouter';
import type { CopyGroupAnswer, CopyGroupsAnswer } from '../../../api/copies.ts';
import { addressOf, type Parameters, useParameters } from '../../address.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { When } from './when.tsx';

const KINDS = ['all', 'campaign', 'near', 'partial'] as const;

export default function Copies() {
  const { t } = useWords();
  const [query, change] = useParameters(['only', 'cursor']);
  const { data, error, refetch, isPlaceholderData } = useAnswer('/api/v1/clusters', query, { keepPrevious: true });
  useTitle(t('copies.title'));
  return (
    <div className="screen">
      <header className="intro">
        <h1>{t('copies.title')}</h1>
        <p className="lead">{t('copies.lead')}</p>
      </header>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data && data.totals.clusters + data.totals.models === 0 && (
        <Empty title={t('copies.empty.title')} body={t('copies.empty.body')} />
      )}
      {data && data.totals.clusters + data.totals.models > 0 && (
        <>
          <Totals totals={data.totals} />
          <fieldset className="field">
            <legend>{t('copies.show')}</legend>
            <div className="segments wrap">
              {KINDS.map((kind) => (
                <label key={kind}>
                  <input
                    type="radio"
                    name="only"
                    checked={(query.only ?? 'all') === kind}
                    onChange={() => change({ only: kind === 'all' ? '' : kind, cursor: '' })}
                  />
                  {t(`copies.only.${kind}`)}
                </label>
              ))}
            </div>
          </fieldset>
          <Groups answer={data} query={query} settled={!isPlaceholderData} />
        </>
      )}
    </div>
  );
}

function Totals({ totals }: { readonly totals: CopyGroupsAnswer['totals'] }) {
  const { t } = useWords();
  return (
    <ul className="meta" aria-label={t('copies.figures')}>
      <li>
        <strong>{t('copies.campaigns', { n: totals.campaigns })}</strong>
      </li>
      <li>{t('copies.clusters', { n: totals.clusters })}</li>
      <li>{t('copies.models', { n: totals.models })}</li>
      <li>{t('copies.folded', { n: totals.copies })}</li>
    </ul>
  );
}

interface GroupsProps {
  readonly answer: CopyGroupsAnswer;
  readonly query: Parameters;
  /** False while the answer is the previous one's. */
  readonly settled: boolean;
}

function Groups({ answer, query, settled }: GroupsProps) {
  const { t } = useWords();
  return (
    <section aria-labelledby="groups-title" aria-busy={!settled} className="screen-part">
      <h2 id="groups-title" className="hidden">
        {t('copies.list')}
      </h2>
      {answer.items.length === 0 && <p role="status">{t('copies.nothing')}</p>}
      <ol className="results">
        {answer.items.map((group) => (
          <Group key={group.id} group={group} />
        ))}
      </ol>
      {(answer.nextCursor !== null || query.cursor !== undefined) && (
        <nav className="actions pagination" aria-label={t('copies.pages')}>
          {query.cursor !== undefined && (
            <Link className="button" href={addressOf('/copies', { ...query, cursor: '' })}>
              {t('corpus.first')}
            </Link>
          )}
          {answer.nextCursor !== null && (
            <Link
              className="button"
              href={addressOf('/copies', { ...query, cursor: answer.nextCursor })}
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

function Group({ group }: { readonly group: CopyGroupAnswer }) {
  const { t, percent } = useWords();
  return (
    <li className="result">
      <h3>
        <Link href={`/copies/${group.id}`}>{t(`copies.${group.kind}.title`, { n: group.documents })}</Link>
      </h3>
      <p lang={group.language === 'und' ? undefined : group.language} dir="auto">
        {group.excerpt}
        {group.excerpt.length >= 320 && '…'}
      </p>
      <When group={group} />
      <p className="meta">
        {group.campaign && <span className="badge warn">{t('copies.campaign')}</span>}
        <span className="badge">{t(`copies.kind.${group.kind}`)}</span>
        <span>{t('copies.wordings', { n: group.wordings })}</span>
        <span>{t('copies.sources', { n: group.sources })}</span>
        <span>{t(`copies.share.${group.kind}`, { share: percent(group.share) })}</span>
      </p>
    </li>
  );
}
