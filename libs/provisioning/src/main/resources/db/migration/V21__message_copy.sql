-- For who has to date rows before it writes them, as COPY does: takes the lock of announce_message_writer, and only then looks at the clock.
-- A time from before the lock could be one that messages_horizon has passed meanwhile.
create function message_writer_time() returns timestamptz
    language plpgsql as $$
begin
    perform pg_catalog.pg_advisory_xact_lock_shared(
        (1452::bigint << 52) | (extract(epoch from transaction_timestamp()) * 1000000)::bigint);
    return clock_timestamp();
end $$;
