-- What lists in the order of storing need: up to when all that was stored is there to be read. Rows get their time while transactions are
-- under way, and these commit in another order.

-- The trigger needs a lock that waits for whoever writes to the table. Better that this fails, and is run again, than that all wait behind it.
set local lock_timeout = '10s';

-- Says for each transaction that inserts, until it has ended, when it began: as the key of a lock, since locks are seen by every role, and
-- nothing else of a transaction that has not committed is. It locks nobody out: it is shared, and asked for by no other way. Of the key's 64
-- bits the first 12 say what it is, and 52 are microseconds since 1970.
create function announce_message_writer() returns trigger
    language plpgsql as $$
begin
    perform pg_catalog.pg_advisory_xact_lock_shared(
        (1452::bigint << 52) | (extract(epoch from transaction_timestamp()) * 1000000)::bigint);
    return null;
end $$;

-- Before the statement's first row has its time; one lock for a transaction, however many statements it has.
create trigger message_writer before insert on messages
    for each statement execute function announce_message_writer();

-- The time below which nothing will be stored any more, and all that is stored is seen by whoever looks after this was asked, in another
-- transaction.
create function messages_horizon() returns timestamptz
    language plpgsql as $$
declare
    -- Before the locks are looked at: whoever has none yet will write with a later time.
    asked constant timestamptz := clock_timestamp();
begin
    if pg_is_in_recovery() then
        raise exception 'a standby does not know the transactions that are under way'
            using hint = 'Let DATABASE_URL lead to the primary.', errcode = 'object_not_in_prerequisite_state';
    end if;
    return least(asked, (
        select timestamptz 'epoch'
                   + min((classid::bigint & 1048575) << 32 | objid::bigint) * interval '1 microsecond'
        from pg_catalog.pg_locks
        where locktype = 'advisory' and objsubid = 1 and classid::bigint >> 20 = 1452
          and database = (select oid from pg_catalog.pg_database where datname = current_database())));
end $$;
