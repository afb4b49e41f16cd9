-- The column of messages needs a lock that waits for whoever reads the table, and that all others wait behind meanwhile, the intake
-- among them: a dump that takes an hour would hold up all of them. Better that this fails, and is run again.
set local lock_timeout = '10s';

-- Whose thing the event of a feature is about; null for events of clients.
alter table messages add column owner text;

-- Events that were committed together with the rows they tell of, until they are on the topic. The relay deletes what Kafka has
-- acknowledged, row by row: there is no mark below which all is done, since transactions do not commit in the order of seq.
create table outbox (
    -- The order of an aggregate's events, whose transactions follow each other: each has the aggregate's row locked when it inserts.
    -- A sequence that hands numbers out in blocks would break it.
    seq           bigint generated always as identity primary key,
    -- What keeps its order: at most one event of an aggregate is under way, and behind one that fails the others wait.
    aggregate     text not null,
    event_id      uuid not null,
    -- The record as it will be sent, but for the topic's name, which is the relay's.
    record_key    bytea not null,
    record_value  bytea not null,
    header_keys   text[] not null,
    header_values bytea[] not null check (cardinality(header_values) = cardinality(header_keys)),
    created_at    timestamptz not null default clock_timestamp()
);

-- The relay that publishes: the holder, until that time by this server's clock. A row and no advisory lock, because a lock of a session
-- is lost, or kept for ever, behind a pooler that gives each transaction another session.
create table outbox_lease (
    single     boolean primary key default true check (single),
    holder     uuid,
    expires_at timestamptz not null default clock_timestamp()
);
insert into outbox_lease default values;
