-- Isolation of every table made so far, and what the application may do. Later migrations repeat it for theirs.

do $$
declare
  named text;
begin
  for named in
    select relname from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and relname <> 'migration'
    order by relname
  loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format(
      'create policy own on %I using (%I = nullif(current_setting(''datasens.organisation'', true), '''')::uuid)',
      named, case named when 'organisation' then 'id' else 'organisation' end
    );
    execute format('grant select, insert on %I to datasens_app', named);
    -- Append-only: what was judged, done and received is never rewritten.
    if named not in ('annotation', 'act', 'record', 'snapshot_record', 'organisation') then
      execute format('grant update, delete on %I to datasens_app', named);
    end if;
  end loop;
  execute format('grant usage on schema %I to datasens_app', current_schema());
end $$;
