// What happened on the day and in the place of a document: holidays, weather, events, indicators.

import type { DocumentContextAnswer } from '../../../api/context.ts';
import { useDocumentContext } from '../../client.ts';
import { useWords, type Words } from '../../language.tsx';

type Item = DocumentContextAnswer['items'][number];

export function Surroundings({ id }: { readonly id: string }) {
  const words = useWords();
  const { data } = useDocumentContext(id);
  if (data === undefined || data.items.length === 0) return null;
  const { t } = words;
  return (
    <section className="card" aria-labelledby="surroundings-title">
      <h2 id="surroundings-title">{t('around.title')}</h2>
      <p className="small faint">{t('around.body')}</p>
      <dl className="facts">
        {data.items.map((item) => (
          <div key={`${item.source} ${item.series} ${item.label}`}>
            <dt>{item.title}</dt>
            <dd>
              {saidOf(item, data.names, words)}
              <br />
              <span className="small faint">
                {t('around.source', { source: item.sourceTitle, licence: item.licence })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function saidOf(item: Item, names: DocumentContextAnswer['names'], words: Words): string {
  const { t, number, date } = words;
  const { firstDay, lastDay, value, label, unit } = item;
  const said = value === null ? (label ?? '') : `${number(value)}${unit === '' ? '' : ` ${unit}`}`;
  const place = placeName(item.place, names, words);
  return firstDay === lastDay
    ? t('around.day', { value: said, place, day: date(firstDay) })
    : t('around.period', { value: said, place, from: date(firstDay), to: date(lastDay) });
}

/** `Grenoble`, `zone scolaire A`, `partout`; the kind and code where the gazetteer does not know it. */
export function placeName(
  { kind, code }: Item['place'],
  names: Readonly<Record<string, string>>,
  { named }: Pick<Words, 'named'>,
): string {
  return names[`${kind} ${code}`] ?? named('contextplace', kind, { code });
}
