// Which recipe makes the documents of each source, what another would change, and the decision.

import { useState } from 'react';
import { Link } from 'wouter';
import type { RecipesAnswer } from '../../../api/recipes.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useTitle } from '../../title.ts';
import type { Done } from './decision.tsx';
import { Proposal } from './proposal.tsx';
import { Stranded } from './stranded.tsx';

type Source = RecipesAnswer['sources'][number];

/** How often documents that are being made are looked at. */
const LOOK_MS = 2000;

export default function Recipes() {
  const { t } = useWords();
  const [done, setDone] = useState<Done | null>(null);
  const { data, error, refetch } = useAnswer('/api/v1/recipes', {}, { staleTime: LOOK_MS, refetchEvery: lookAgain });
  useTitle(t('recipes.title'));
  return (
    <div className="screen">
      <header className="intro">
        <p>
          <Link href="/sources">← {t('recipes.back')}</Link>
        </p>
        <h1>{t('recipes.title')}</h1>
        <p className="lead">{t('recipes.lead')}</p>
      </header>
      <div role="status">{done && <DoneWords done={done} />}</div>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={5} />}
      {data?.sources.length === 0 && <Empty title={t('recipes.empty.title')} body={t('recipes.empty.body')} />}
      {data !== undefined && data.sources.length > 0 && <Page sources={data.sources} onDone={setDone} />}
    </div>
  );
}

/** Milliseconds until the answer is asked for again; false where nothing is under way. */
function lookAgain(answer: RecipesAnswer | undefined): number | false {
  const isGoing = answer?.sources.some(({ proposal }) => ['deriving', 'comparing'].includes(proposal?.state ?? ''));
  return isGoing ? LOOK_MS : false;
}

function Page({ sources, onDone }: { readonly sources: readonly Source[]; readonly onDone: (done: Done) => void }) {
  const { t } = useWords();
  const waiting = sources.filter(({ proposal }) => proposal?.state === 'compared').length;
  const proposed = sources.filter(({ proposal }) => proposal !== null);
  return (
    <>
      <p className={waiting > 0 ? 'notice' : undefined}>
        {waiting > 0 ? t('recipes.waiting', { n: waiting }) : proposed.length === 0 ? t('recipes.calm') : null}
      </p>
      {proposed.map((source) => (
        <Proposal key={source.source} source={source} onDone={onDone} />
      ))}
      {sources
        .filter(({ replaced }) => (replaced?.stranded ?? 0) > 0)
        .map((source) => (
          <Stranded
            key={source.source}
            source={source.source}
            n={source.replaced?.stranded ?? 0}
            title={source.title}
          />
        ))}
      <RecipeTable sources={sources} />
    </>
  );
}

function RecipeTable({ sources }: { readonly sources: readonly Source[] }) {
  const { t, named, date } = useWords();
  const columns: readonly Column<Source>[] = [
    {
      key: 'source',
      title: t('recipes.source'),
      value: ({ source }) => source,
      show: ({ title }) => title,
      href: ({ source }) => `/sources/${source}`,
    },
    {
      key: 'recipe',
      title: t('recipes.recipe'),
      value: ({ inForce }) => inForce.id,
      show: ({ inForce }) => <code title={inForce.id}>{inForce.id.slice(0, 8)}</code>,
    },
    { key: 'version', title: t('recipes.version'), value: ({ inForce }) => inForce.version },
    {
      key: 'since',
      title: t('recipes.since'),
      value: ({ inForce }) => inForce.since,
      show: ({ inForce }) => date(inForce.since),
    },
    {
      key: 'other',
      title: t('recipes.other'),
      value: ({ proposal }) => proposal?.state ?? '',
      show: ({ proposal }) => (proposal === null ? t('recipes.other.none') : named('recipes.state', proposal.state)),
    },
  ];
  return (
    <section className="card" aria-labelledby="in-force-title">
      <h2 id="in-force-title">{t('recipes.list')}</h2>
      <Table caption={t('recipes.list.caption')} columns={columns} rows={sources} rowKey={({ source }) => source} />
    </section>
  );
}

function DoneWords({ done }: { readonly done: Done }) {
  const { t } = useWords();
  if (done.kind === 'refused') return <p className="notice">{t('recipes.refused', { name: done.title })}</p>;
  const { title: name, carried, stranded, run } = done;
  return (
    <div className="notice good">
      <p>{t('recipes.accepted', { name, carried, stranded })}</p>
      {run !== null && (
        <p>
          <Link href={`/runs/${run}`}>{t('recipes.accepted.run')}</Link>
        </p>
      )}
      <p>{t('recipes.accepted.next')}</p>
    </div>
  );
}
