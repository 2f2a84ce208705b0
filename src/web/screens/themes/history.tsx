// What people did to a proposal, the last first.

import type { ThemeBoardAnswer } from '../../../api/themes.ts';
import { useWords } from '../../language.tsx';

type Entry = ThemeBoardAnswer['history'][number];

export function History({ history }: { readonly history: ThemeBoardAnswer['history'] }) {
  const { t, dateTime } = useWords();
  return (
    <section className="card" aria-labelledby="themes-history">
      <h2 id="themes-history">{t('themes.history')}</h2>
      {history.length === 0 && <p className="faint">{t('themes.history.none')}</p>}
      <ol>
        {history.toReversed().map(({ at, actor, edit }) => (
          <li key={`${at} ${edit.kind} ${what(edit)}`}>
            {dateTime(at)}, {actor} : {t(`themes.edit.${edit.kind}`)} {what(edit)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function what(edit: Entry['edit']): string {
  if (edit.kind === 'merge') return `${edit.themes.join(', ')} → ${edit.into.name} (${edit.into.id})`;
  if (edit.kind === 'split') return `${edit.theme} → ${edit.into.map(({ id, name }) => `${name} (${id})`).join(' + ')}`;
  if (edit.kind === 'accept') return `${edit.themes.join(', ')} → ${edit.version}`;
  return edit.kind === 'rename' || edit.kind === 'name' ? `${edit.theme} → ${edit.name}` : edit.theme;
}
