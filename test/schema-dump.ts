// Writes a database's schema as one text that is the same on every PostgreSQL from 15: read from the catalog, sorted.

import type pg from 'pg';

/** One statement per object. Objects of extensions, of pg-boss and of the migration table are left out. */
export async function dumpSchema(client: pg.Client): Promise<string> {
  const parts: string[] = [];
  for (const query of QUERIES) {
    const { rows } = await client.query<{ line: string }>(query);
    parts.push(...rows.map((row) => row.line));
  }
  return `-- What the migrations make, read back from the catalog; compared in a test, never executed.\n\n${parts.join('\n\n')}\n`;
}

const OURS = `pg_class.relnamespace = 'public'::regnamespace and pg_class.relname <> 'migration'`;

const QUERIES: readonly string[] = [
  `select 'create extension ' || extname || ';' as line from pg_extension where extname <> 'plpgsql'
   order by extname collate "C"`,
  `select pg_get_functiondef(oid) || ';' as line from pg_proc
   where pronamespace = 'public'::regnamespace
     and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
   order by proname collate "C"`,
  `select 'text search ' || cfgname || ': ' || string_agg(
       alias || ' -> ' || dictionaries, ', ' order by alias collate "C") || ';' as line
   from pg_ts_config, lateral (
     select alias, string_agg(dictname, ' then ' order by mapseqno) as dictionaries
     from pg_ts_config_map join ts_token_type('default') on tokid = maptokentype
       join pg_ts_dict on pg_ts_dict.oid = mapdict
     where mapcfg = pg_ts_config.oid group by alias
   ) as mapping
   where cfgnamespace = 'public'::regnamespace group by cfgname order by cfgname collate "C"`,
  `select 'create table ' || relname || E' (\\n' || string_agg(
       '  ' || attname || ' ' || format_type(atttypid, atttypmod)
       || case when attidentity = 'a' then ' generated always as identity' else '' end
       || case when attnotnull then ' not null' else '' end
       || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
       || case when attstorage <> typstorage then ' storage ' || attstorage::text else '' end,
       E',\\n' order by attnum) || E'\\n)' || coalesce(' with (' || array_to_string(reloptions, ', ') || ')', '')
     || case when relforcerowsecurity then E';\\nforce row level security' else '' end || ';' as line
   from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
     join pg_type on pg_type.oid = atttypid
     left join pg_attrdef on adrelid = attrelid and adnum = attnum
   where ${OURS} and relkind in ('r', 'p')
   group by relname, reloptions, relforcerowsecurity order by relname collate "C"`,
  `select 'alter table ' || relname || ' add constraint ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
     || ';' as line
   from pg_constraint join pg_class on pg_class.oid = conrelid
   where ${OURS} and contype in ('p', 'u', 'c', 'f') order by relname collate "C", conname collate "C"`,
  `select pg_get_indexdef(indexrelid) || ';' as line from pg_index join pg_class on pg_class.oid = indrelid
   where ${OURS} and not exists (select from pg_constraint where conindid = indexrelid)
   order by indexrelid::regclass::text collate "C"`,
  `select 'create policy ' || polname || ' on ' || relname || ' for '
     || case polcmd when '*' then 'all' else polcmd::text end || ' using (' || pg_get_expr(polqual, polrelid) || ')'
     || coalesce(' with check (' || pg_get_expr(polwithcheck, polrelid) || ')', '') || ';' as line
   from pg_policy join pg_class on pg_class.oid = polrelid where ${OURS} order by relname collate "C", polname`,
  `select 'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type collate "C") || ' on ' || relname
     || ' to ' || grantee::regrole || ';' as line
   from pg_class, aclexplode(relacl) where ${OURS} and grantee = 'datasens_app'::regrole
   group by relname, grantee order by relname collate "C"`,
];
