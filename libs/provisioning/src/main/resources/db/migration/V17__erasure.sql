-- What is left of an event that was erased: its id and its fingerprint, so that neither a client that sends it again nor a consumer that
-- reads its record again stores it anew.

-- The column of messages needs a lock that waits for whoever reads the table, and that all others wait behind meanwhile, the intake
-- among them. Better that this fails, and is run again.
set local lock_timeout = '10s';

-- When it was erased; its other columns say nothing then. Null, and without a byte in the row, for all others.
alter table messages add column erased_at timestamptz;

-- Each request that has erased something.
create table erasures (
    id           uuid primary key,
    -- SHA-256 of the key in UTF-8: the key itself is what was to be erased.
    key_sha256   bytea not null check (octet_length(key_sha256) = 32),
    -- The caller, as on events.
    who          text not null,
    at           timestamptz not null default transaction_timestamp(),
    -- What is erased so far; the row is written together with that.
    messages     bigint not null,
    dead_letters bigint not null
);

-- Dead letters of a key are to be found without looking at all. A record that is no event is known by its own key, which may be as large as
-- a record: larger than a btree takes.
create index dead_letters_by_key on dead_letters (key, id) where key is not null;
create index dead_letters_by_record_key on dead_letters using hash (record_key) where event_id is null;

alter table dead_letter_actions drop constraint dead_letter_actions_action_check;
alter table dead_letter_actions add constraint dead_letter_actions_action_check
    check (action in ('redrive', 'redrive-as-new', 'resolve', 'erase'));
