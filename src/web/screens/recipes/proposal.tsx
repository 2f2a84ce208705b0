// Another recipe of one source: what the settings ask, how far its documents are, what would change.

import type { RecipesAnswer } from '../../../api/recipes.ts';
import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Decision, type Done } from './decision.tsx';
import { Examples } from './examples.tsx';

type Source = RecipesAnswer['sources'][number];
type Proposed = NonNullable<Source['proposal']>;
type Found = NonNullable<Proposed['difference']>;
type Entry = Proposed['entries'][number];
type Shift = Found['personal'][number];

interface ProposalProps {
  readonly source: Source;
  readonly onDone: (done: Done) => void;
}

export function Proposal({ source, onDone }: ProposalProps) {
  const { t, named, number, date } = useWords();
  const { proposal, inForce, title } = source;
  if (proposal === null) return null;
  const id = `recipe-${source.source}`;
  const { done, total } = proposal.records;
  return (
    <section className="card" aria-labelledby={id}>
      <div className="context-row">
        <h2 id={id}>{title}</h2>
        <span className={proposal.state === 'compared' ? 'badge warn' : 'badge'}>
          {named('recipes.state', proposal.state)}
        </span>
      </div>
      {!inForce.derivable && source.waiting > 0 && <p>{t('recipes.underivable', { n: source.waiting })}</p>}
      {(proposal.state === 'deriving' || proposal.state === 'comparing') && (
        <div className="recipe-progress">
          <label htmlFor={`${id}-progress`}>{t('recipes.progress')}</label>
          <progress id={`${id}-progress`} value={done} max={Math.max(1, total)} />
          <span className="small">{t('recipes.progress.words', { done: number(done), total: number(total) })}</span>
        </div>
      )}
      <Entries entries={proposal.entries} source={source.source} title={title} />
      {proposal.difference !== null && <Changes found={proposal.difference} />}
      {proposal.state === 'refused' && (
        <div className="notice">
          <p>{t('recipes.refused.by', { date: date(proposal.since), why: proposal.why ?? '–' })}</p>
          <p>{t('recipes.refused.still', { name: source.source })}</p>
        </div>
      )}
      {proposal.state === 'compared' && <Examples source={source.source} title={title} />}
      {proposal.state !== 'refused' && (
        <Decision source={source.source} title={title} canAccept={proposal.state === 'compared'} onDone={onDone} />
      )}
    </section>
  );
}

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly source: string;
  readonly title: string;
}

function Entries({ entries, source, title }: EntriesProps) {
  const { t } = useWords();
  const spelled = (value: string | null) => (value === null ? t('recipes.nothing') : <code>{value}</code>);
  const columns: readonly Column<Entry>[] = [
    {
      key: 'name',
      title: t('recipes.entry'),
      value: ({ name }) => name,
      show: ({ name }) => (name === 'version' ? t('recipes.version.entry') : <code>{settingOf(source, name)}</code>),
    },
    { key: 'before', title: t('recipes.before'), value: ({ before }) => before, show: ({ before }) => spelled(before) },
    { key: 'after', title: t('recipes.after'), value: ({ after }) => after, show: ({ after }) => spelled(after) },
  ];
  return (
    <>
      <h3>{t('recipes.asked')}</h3>
      <Table
        caption={t('recipes.asked.of', { name: title })}
        columns={columns}
        rows={entries}
        rowKey={({ name }) => name}
      />
    </>
  );
}

/** Where the settings say what a recipe says. */
function settingOf(source: string, name: string): string {
  if (name === 'territory') return `sources.${source}.territory`;
  if (name.startsWith('mapping')) return `sources.${source}.with ${name.slice('mapping.'.length)}`.trim();
  return `refine.${name}`;
}

function Changes({ found }: { readonly found: Found }) {
  const { t, named, number } = useWords();
  const changes = Object.entries(found.changes)
    .filter(([, n]) => n > 0)
    .sort(([, left], [, right]) => right - left);
  const { carried, stranded } = found.judgements;
  return (
    <>
      <h3>{t('recipes.what')}</h3>
      <dl className="counts">
        {(['same', 'changed', 'gone', 'new'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`recipes.${name}`)}</dt>
            <dd>{number(found[name])}</dd>
          </div>
        ))}
      </dl>
      <div className="shifts">
        {changes.length > 0 && (
          <div>
            <h4>{t('recipes.changes')}</h4>
            <ul>
              {changes.map(([name, n]) => (
                <li key={name}>{t('recipes.count', { name: named('change', name), n: number(n) })}</li>
              ))}
            </ul>
          </div>
        )}
        <Shifts
          title={t('recipes.kind.personal')}
          shifts={found.personal}
          spell={(name, n) => named('personal', name, { n })}
        />
        <Shifts
          title={t('recipes.kind.findings')}
          shifts={found.findings}
          spell={(name, n) => t('recipes.count', { name: named('finding', name), n: number(n) })}
        />
        <Shifts
          title={t('recipes.kind.clearance')}
          shifts={found.clearance}
          spell={(name, n) =>
            t('recipes.count', {
              name: name === 'cleared' ? t('clearance.cleared') : named('reason', name),
              n: number(n),
            })
          }
        />
      </div>
      {carried + stranded > 0 && (
        <p>{t('recipes.judgements', { carried: number(carried), stranded: number(stranded) })}</p>
      )}
    </>
  );
}

interface ShiftsProps {
  readonly title: string;
  readonly shifts: readonly Shift[];
  readonly spell: (name: string, n: number) => string;
}

function Shifts({ title, shifts, spell }: ShiftsProps) {
  const { number } = useWords();
  if (shifts.length === 0) return null;
  return (
    <div>
      <h4>{title}</h4>
      <ul>
        {shifts.map(({ name, before, after }) => (
          <li key={name}>
            {spell(name, before)} → {number(after)}
          </li>
        ))}
      </ul>
    </div>
  );
}
