-- What could not be stored: the topic dead-letters as a table, so that it can be searched and acted on.
create table dead_letters (
    -- UUIDv5 of the place where the record first lay.
    id               uuid primary key,
    -- The order in which rows were made; gaps are normal.
    seq              bigint generated always as identity,
    -- Only what is not resolved can become anything else.
    state            text not null default 'open' check (state in ('open', 'redriven', 'resolved')),
    -- Reason and detail are those of the last failure.
    reason           text not null,
    detail           text not null,
    attempts         integer not null check (attempts > 0),
    origin_topic     text not null,
    origin_partition integer not null,
    origin_offset    bigint not null,
    -- The record, as it was. Header keys are bytes too: a text of PostgreSQL's does not take all that Kafka's do.
    record_key       bytea,
    record_value     bytea,
    header_keys      bytea[] not null,
    header_values    bytea[] not null check (cardinality(header_values) = cardinality(header_keys)),
    -- Of the event, where the record is one.
    event_id         uuid,
    type             text,
    key              text,
    subject          text,
    -- When it failed, by the consumer's clock: first, and last.
    failed_at        timestamptz not null,
    last_failed_at   timestamptz not null,
    resolved_at      timestamptz check ((state = 'resolved') = (resolved_at is not null)),
    -- When the row was made, by this server's clock, the only one that orders rows.
    stored_at        timestamptz not null default transaction_timestamp()
);

create index dead_letters_newest on dead_letters (stored_at, seq);
-- What is open is what people look for, and little beside what has been resolved over the years.
create index dead_letters_unresolved on dead_letters (stored_at, seq) where state <> 'resolved';
create index dead_letters_resolved on dead_letters (resolved_at) where state = 'resolved';

-- Each failure of a dead letter's record: one when it first came, and one for each redrive that failed again. It is what makes
-- attempts the number of failures, however often the topic is read.
create table dead_letter_attempts (
    -- UUIDv5 of the place where the record lay that failed this time; the first is the dead letter's own id.
    id               uuid primary key,
    dead_letter_id   uuid not null references dead_letters (id) on delete cascade,
    reason           text not null,
    detail           text not null,
    origin_topic     text not null,
    origin_partition integer not null,
    origin_offset    bigint not null,
    failed_at        timestamptz not null
);

create index dead_letter_attempts_of on dead_letter_attempts (dead_letter_id, failed_at);

-- What people did about it.
create table dead_letter_actions (
    seq            bigint generated always as identity primary key,
    dead_letter_id uuid not null references dead_letters (id) on delete cascade,
    action         text not null check (action in ('redrive', 'redrive-as-new', 'resolve')),
    -- The caller, as on events.
    who            text not null,
    at             timestamptz not null default transaction_timestamp(),
    -- Null while it goes on, and for good where the program died meanwhile.
    outcome        text
);

create index dead_letter_actions_of on dead_letter_actions (dead_letter_id, seq);
