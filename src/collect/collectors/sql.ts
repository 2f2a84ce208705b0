// Tables and queries of PostgreSQL, MySQL, MariaDB and SQLite, read in a session that cannot write.

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { canonicalJson, type Json } from '../../model/json.ts';
import { defineCollector } from '../collector.ts';
import { type SqlConfig, sqlConfig } from '../sql-config.ts';
import { readRow } from '../sql-row.ts';
import { collectRows } from '../sql-snapshot.ts';
import { findRelation, type SqlPlace, sqlPlace } from '../sql-source.ts';

/** Raised by hand when the same rows would give other records than before. */
const READER_VERSION = 1;

export default defineCollector<SqlConfig>({
  name: 'sql',
  title: { fr: 'Base de données', en: 'Database' },
  description: {
    fr: 'Lit une table ou une requête d’une base PostgreSQL, MySQL, MariaDB ou SQLite, dans une session qui ne peut rien écrire ; en entier, ou seulement ce qui est nouveau d’après une colonne.',
    en: 'Reads a table or a query of a PostgreSQL, MySQL, MariaDB or SQLite database, in a session that cannot write; whole, or only what is new by a column.',
  },
  config: sqlConfig,
  example: {
    url: 'postgres://base.val-clair.example/reclamations',
    user: 'datasens',
    password: `\${BASE_MOT_DE_PASSE}`,
    table: 'public.reclamations',
    incremental: { column: 'modifie_le' },
    map: { text: 'message', date: 'depose_le', territory: 'code_postal' },
  },
  local: { config: (path) => ({ path }), claims: (_name, head) => head.startsWith('SQLite format 3\0') },
  snapshots: ({ incremental }) => (incremental ? 'append' : 'replace'),

  async *collect(config, effects) {
    effects.signal.throwIfAborted();
    const place = await sqlPlace(config, effects);
    const stamp = stampOf(place, config);
    if (stamp !== null && canonicalJson((await effects.state(stamp.key)) ?? null) === canonicalJson(stamp.value))
      return;
    const session = await place.open();
    try {
      const { relation, name } = await findRelation(session, config, place);
      const location = `${place.location}#${name}`;
      const reading = { session, relation, location, config, stamp };
      for await (const events of collectRows(reading, effects)) yield* events;
    } finally {
      await session.close();
    }
  },

  read: (bytes, from) => readRow(bytes, from),
});

/** What an SQLite file that nobody wrote to since is known by; null where only reading tells. */
function stampOf({ location, file }: SqlPlace, config: SqlConfig): { key: string; value: Json } | null {
  if (file === null || config.incremental) return null;
  const reading = canonicalJson(JSON.parse(JSON.stringify({ ...config, version: READER_VERSION })));
  const hash = createHash('sha256').update(reading);
  // What was written and not yet moved into the file itself is in the log beside it.
  for (const path of [file, `${file}-wal`]) {
    const stat = statSync(path, { throwIfNoEntry: false });
    hash.update(`\0${stat?.size ?? 0} ${stat?.mtimeMs ?? 0}`);
  }
  return { key: `sql:${location}`, value: hash.digest('hex') };
}
