create table messages (
    id          uuid primary key,
    -- The order in which rows were made; gaps are normal.
    seq         bigint generated always as identity,
    type        text not null,
    key         text,
    subject     text,
    caller      text not null,
    -- When the api took it, by the api's clock.
    time        timestamptz not null,
    traceparent text,
    -- The bytes that the client sent. Not jsonb, which refuses some JSON and rewrites the rest.
    payload     bytea not null,
    -- SHA-256 over caller, type, key, subject and payload: what makes two events with one id the same.
    fingerprint bytea not null check (octet_length(fingerprint) = 32),
    -- When it was stored, by this server's clock, the only one that orders rows.
    stored_at   timestamptz not null default transaction_timestamp()
);

create index messages_newest on messages (stored_at, seq);
create index messages_by_key on messages (key, stored_at, seq) where key is not null;
create index messages_by_subject on messages (subject, stored_at, seq) where subject is not null;
