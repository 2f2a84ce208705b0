// The columns that the settings name, as the file spells them.

import { DataSensError } from '../model/error.ts';
import type { ConsultationConfig } from './consultation-config.ts';
import { requireColumn } from './mapping.ts';
import type { Profiles, Sample } from './questionnaire-columns.ts';

export interface Named {
  readonly id: string | null;
  readonly participant: readonly string[] | null;
  readonly date: string | null;
  readonly territory: string | null;
  readonly language: string | null;
  readonly questions: readonly { readonly column: string; readonly title: string | null }[] | null;
  readonly attributes: readonly { readonly column: string; readonly name: string }[] | null;
  readonly ignore: readonly string[];
}

/** @throws input-unreadable where a column is not there, or is personal and would be published */
export function readNamed({ columns, rows, location }: Sample, profiles: Profiles, config: ConsultationConfig): Named {
  // Rows of JSON have the columns that their person answered: without a row there are none yet.
  const spelled = (wanted: string) =>
    rows.length === 0 && columns.length === 0 ? wanted : requireColumn(wanted, columns, location);
  const single = (wanted: string | undefined) => (wanted === undefined ? null : spelled(wanted));
  const people = typeof config.participant === 'string' ? [config.participant] : config.participant;
  const attributes = config.attributes?.map((entry) => {
    const { column, name } = typeof entry === 'string' ? { column: entry, name: null } : entry;
    const found = spelled(column);
    return { column: found, name: name ?? found };
  });
  const id = single(config.id);
  const language = single(config.language);
  // Keys and attributes are published.
  const shown = [id, language, ...(attributes ?? []).map(({ column }) => column)];
  const exposed = shown.find((column) => column !== null && profiles.get(column)?.personal);
  if (exposed) {
    throw new DataSensError('input-unreadable', `column \`${exposed}\` of ${location} is personal`, {
      remedy: 'name it as `participant` if it tells people apart; it can be neither `id` nor an attribute',
    });
  }
  return {
    id,
    participant: people?.map(spelled) ?? null,
    date: single(config.date),
    territory: single(config.territory),
    language,
    questions:
      config.questions?.map((entry) =>
        typeof entry === 'string'
          ? { column: spelled(entry), title: null }
          : { ...entry, column: spelled(entry.column) },
      ) ?? null,
    attributes: attributes ?? null,
    ignore: config.ignore.map(spelled),
  };
}
