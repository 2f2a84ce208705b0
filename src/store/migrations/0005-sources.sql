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
