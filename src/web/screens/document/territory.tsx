// Where the document is and what decided, then every place its words name: ambiguous names with those that bear them.

import type { DocumentAnswer } from '../../../api/documents.ts';
import { useWords, type Words } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { nameOf, ruleOf } from './place-words.ts';
import { TerritoryCorrection } from './territory-correction.tsx';

type Place = DocumentAnswer['places'][number];
type Whole = NonNullable<DocumentAnswer['territory']>;

export function Territory({ document }: { readonly document: DocumentAnswer }) {
  const words = useWords();
  const { t } = words;
  const { territory, places } = document;
  return (
    <section className="card" aria-labelledby="territory-title">
      <h2 id="territory-title">{t('document.territory')}</h2>
      {territory === null ? (
        <p className="faint">{t('document.territory.none')}</p>
      ) : (
        <Deciding territory={territory} />
      )}
      {territory?.places.length === 0 && <p className="faint">{t('document.territory.unplaced')}</p>}
      <TerritoryCorrection document={document} />
      {places.length > 0 && (
        <>
          <h3>{t('document.places')}</h3>
          <Table
            caption={t('document.places.caption')}
            columns={columnsOf(document, words)}
            rows={places}
            rowKey={(place) => `${place.at}:${place.start}`}
          />
        </>
      )}
    </section>
  );
}

function Deciding({ territory }: { readonly territory: Whole }) {
  const words = useWords();
  const { t, named, percent } = words;
  const { places, role, score, rule, candidates, gazetteer } = territory;
  const facts: readonly (readonly [string, string])[] = [
    ...places.map((place) => [named('placekind', place.kind), `${place.name ?? place.code} (${place.code})`] as const),
    ...(candidates.length > 0
      ? [[t('document.place.ambiguous'), candidates.map((place) => place.name ?? place.code).join(', ')] as const]
      : []),
    ...(role === null ? [] : [[t('document.place.role'), named('placerole', role)] as const]),
    ...(rule === null ? [] : [[t('document.place.rule'), ruleOf(rule, words)] as const]),
    ...(score === null ? [] : [[t('document.place.score'), percent(score)] as const]),
    ...(gazetteer === null ? [] : [[t('document.place.gazetteer'), gazetteer] as const]),
  ];
  return (
    <dl className="facts">
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function columnsOf({ title, text }: DocumentAnswer, words: Words): readonly Column<Place>[] {
  const { t, named, percent } = words;
  return [
    {
      key: 'words',
      title: t('document.place.words'),
      value: ({ at, start, end }) => (at === 'title' ? (title ?? '') : text).slice(start, end),
    },
    {
      key: 'place',
      title: t('document.place'),
      value: ({ place, candidates }) => (place === null ? candidates : [place]).map(({ code }) => code).join(' '),
      show: ({ place, candidates }) =>
        place === null ? (
          <>
            <span className="badge warn">{t('document.place.ambiguous')}</span>{' '}
            {candidates.map((candidate) => nameOf(candidate, words)).join(', ')}
          </>
        ) : (
          nameOf(place, words)
        ),
    },
    { key: 'role', title: t('document.place.role'), value: ({ role }) => named('placerole', role) },
    { key: 'rule', title: t('document.place.rule'), value: ({ rule }) => ruleOf(rule, words) },
    {
      key: 'score',
      title: t('document.place.score'),
      value: ({ score }) => score,
      show: ({ score }) => percent(score),
    },
  ];
}
