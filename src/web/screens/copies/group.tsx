// One group of copies: the text that stands for it, when it came, and what each wording adds.

import { Link } from 'wouter';
import type { CopyGroupPageAnswer } from '../../../api/copies.ts';
import { addressOf, useParameters } from '../../address.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { When } from './when.tsx';
import { Wordings } from './wordings.tsx';

export default function GroupScreen({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [query] = useParameters(['cursor']);
  const { data, error, refetch } = useAnswer(`/api/v1/clusters/${encodeURIComponent(id)}`, query, {
    keepPrevious: true,
  });
  if (error) {
    return (
      <div className="screen narrow">
        <h1>{t('copies.title')}</h1>
        {'code' in error && error.code === 'not-found' ? (
          <p>{t('copies.missing')}</p>
        ) : (
          <Problem error={error} retry={() => void refetch()} />
        )}
        <Link href="/copies">{t('copies.back')}</Link>
      </div>
    );
  }
  if (data === undefined) return <Skeleton rows={7} />;
  return <GroupPage group={data} isFirstPage={query.cursor === undefined} />;
}

interface GroupPageProps {
  readonly group: CopyGroupPageAnswer;
  readonly isFirstPage: boolean;
}

function GroupPage({ group, isFirstPage }: GroupPageProps) {
  const { t } = useWords();
  const title = t(`copies.${group.kind}.title`, { n: group.documents });
  useTitle(title);
  const address = `/copies/${group.id}`;
  return (
    <div className="screen">
      <header className="intro">
        <p>
          <Link href="/copies">← {t('copies.back')}</Link>
        </p>
        <div className="context-row">
          <h1>{title}</h1>
          {group.campaign && <span className="badge warn">{t('copies.campaign')}</span>}
        </div>
        <p className="lead">{t(`copies.${group.kind}.body`)}</p>
      </header>
      <div className="columns wide-left">
        <div className="screen-part">
          <Reference group={group} />
          <Wordings wordings={group.members} />
          {(group.nextCursor !== null || !isFirstPage) && (
            <nav className="actions pagination" aria-label={t('copies.members')}>
              {!isFirstPage && (
                <Link className="button" href={address}>
                  {t('copies.first')}
                </Link>
              )}
              {group.nextCursor !== null && (
                <Link
                  className="button"
                  href={addressOf(address, { cursor: group.nextCursor })}
                  onClick={() => window.scrollTo(0, 0)}
                >
                  {t('copies.next')}
                </Link>
              )}
            </nav>
          )}
        </div>
        <div className="screen-part">
          <Figures group={group} />
          <section className="card" aria-labelledby="when-title">
            <h2 id="when-title">{t('copies.when')}</h2>
            <When group={group} />
          </section>
        </div>
      </div>
    </div>
  );
}

function Reference({ group }: { readonly group: CopyGroupPageAnswer }) {
  const { t } = useWords();
  return (
    <section className="card" aria-labelledby="reference-title">
      <h2 id="reference-title">{t('copies.reference')}</h2>
      <p className="words" lang={group.language === 'und' ? undefined : group.language} dir="auto">
        {group.text}
      </p>
      {group.truncated && <p className="small faint">{t('copies.truncated')}</p>}
      <p className="small">
        <Link href={`/corpus/${group.document}`}>
          {group.title ?? t('corpus.untitled')} ({group.document.slice(0, 8)})
        </Link>
      </p>
    </section>
  );
}

function Figures({ group }: { readonly group: CopyGroupPageAnswer }) {
  const { t, number, percent } = useWords();
  const figures = [
    [t('copies.figure.documents'), number(group.documents)],
    [t('copies.figure.wordings'), number(group.wordings)],
    [t('copies.figure.sources'), number(group.sources)],
    [t('copies.figure.share'), percent(group.share)],
  ] as const;
  return (
    <section className="card" aria-labelledby="figures-title">
      <h2 id="figures-title">{t('copies.figures')}</h2>
      <dl className="facts">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
