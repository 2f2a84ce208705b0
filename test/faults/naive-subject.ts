// What the harness must catch: rows and progress in transactions of their own, rows without an identity.
// Usage: naive-subject.ts <postgres url> <rows>

import pg from 'pg';

const [url, wanted] = process.argv.slice(2) as [string, string];
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query(
  'create table if not exists naive_document (text text); create table if not exists naive_progress (done integer)',
);
const { rows } = await client.query<{ done: number }>('select coalesce(max(done), 0)::int as done from naive_progress');
for (let done = rows[0]!.done; done < Number(wanted); done += 50) {
  const texts = Array.from({ length: 50 }, (_, at) => `Contribution ${done + at}`);
  await client.query('insert into naive_document select unnest($1::text[])', [texts]);
  await client.query('insert into naive_progress values ($1)', [done + 50]);
}
await client.end();
