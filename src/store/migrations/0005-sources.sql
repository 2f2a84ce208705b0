-- What a source owes: a snapshot that is far smaller than the one before is kept apart until a person accepts it, and a
-- refusal is closed when its place was read again.

alter table snapshot add column records integer;

alter table snapshot drop constraint snapshot_state_check;
alter table snapshot add constraint snapshot_state_check
  check (state in ('open', 'complete', 'abandoned', 'superseded', 'quarantined'));
alter table snapshot drop constraint snapshot_check;
alter table snapshot add constraint snapshot_check
  check ((state in ('complete', 'superseded', 'quarantined')) = (sha256 is not null and size_bytes is not null));

alter table refusal add column resolved_at timestamptz;
create index refusal_open on refusal (organisation, source, location) where resolved_at is null;

-- Nothing is ever sought by these: sampling them cost more than half of each look at the statistics.
alter table document alter column title set statistics 0, alter column text set statistics 0,
  alter column url set statistics 0, alter column attributes set statistics 0, alter column findings set statistics 0,
  alter column personal set statistics 0, alter column bands set statistics 0;
alter table annotation alter column evidence set statistics 0;
alter table record_key alter column wrapped set statistics 0;
