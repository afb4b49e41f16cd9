-- Replays: stored events that are sent to the topic once more, by a consumer. The api orders one, and may cancel it; all else of a row is the
-- consumer's that holds it.
create table replays (
    id           uuid primary key,
    -- The order in which they were ordered, and are worked on; gaps are normal.
    seq          bigint generated always as identity,
    -- The caller, who alone sees it, and whose events of features are sent, beside those of all clients.
    owner        text not null,
    -- SHA-256 of what was asked for: the same order under the same Idempotency-Key, whose id the row has then, is the same replay.
    fingerprint  bytea not null check (octet_length(fingerprint) = 32),
    -- Events that were stored from the one on and before the other; the second is never later than the order.
    since        timestamptz,
    until        timestamptz not null,
    -- Only events of this key. Null once it has ended, because a key may name a person; the SHA-256 of it in UTF-8 stays.
    key          text,
    key_sha256   bytea check (octet_length(key_sha256) = 32),
    -- Only events of this type.
    type         text,
    status       text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
    -- Why it has failed, or what it waits for.
    reason       text,
    -- Where it goes on: behind the last event that Kafka has acknowledged, in the order of storing.
    position     timestamptz,
    position_seq bigint,
    -- Events that Kafka has acknowledged, and those that were passed over because they are erased.
    sent         bigint not null default 0,
    erased       bigint not null default 0,
    created_at   timestamptz not null default clock_timestamp(),
    started_at   timestamptz,
    ended_at     timestamptz,
    -- The consumer that works on it, and until when, by this server's clock, no other one takes it over.
    holder       uuid,
    held_until   timestamptz,
    check ((position is null) = (position_seq is null)),
    check ((ended_at is not null) = (status in ('done', 'failed', 'cancelled'))),
    check (ended_at is null or key is null)
);

create index replays_by_creation on replays (owner, created_at, seq);
create index replays_unfinished on replays (seq) where ended_at is null;
