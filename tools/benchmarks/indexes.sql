-- What each index of messages costs whoever stores, on PostgreSQL 18: psql "$DATABASE_URL" -f tools/benchmarks/indexes.sql
-- The same rows are stored again and again, in transactions of 2,000 as the consumer has them: with all indexes, and without one of them, in
-- turns. Each ratio is of one round. It takes a minute or more and 150 MB, in a schema of its own that is dropped at the end.

create schema index_cost;

create table index_cost.input as
select number as n, uuidv7() as id, 'order.placed' as type, 'customer-' || random(1, 10000) as key, 'orders-' || number % 100 as subject,
       convert_to('"' || repeat('x', 198) || '"', 'UTF8') as payload, sha256(int8send(number)) as fingerprint
from generate_series(1, 100000) number;

create index on index_cost.input (n);

analyze index_cost.input;

create table index_cost.result (turn int, omitted text, seconds float8);

create procedure index_cost.store(turn int, omitted text) language plpgsql as $$
declare
    definition text;
    start timestamptz;
begin
    create table index_cost.messages (like messages including defaults including identity including constraints);
    for definition in select indexdef from pg_indexes where tablename = 'messages' and schemaname = current_schema() and indexname <> omitted loop
        execute regexp_replace(definition, ' ON \S+ ', ' ON index_cost.messages ');
    end loop;
    create trigger message_writer before insert on index_cost.messages for each statement execute function announce_message_writer();
    commit;
    start := clock_timestamp();
    for batch in 1 .. 100000 by 2000 loop
        insert into index_cost.messages (id, type, key, subject, caller, time, payload, fingerprint)
        select id, type, key, subject, 'anonymous', now(), payload, fingerprint from index_cost.input where n between batch and batch + 1999
        on conflict do nothing;
        commit;
    end loop;
    insert into index_cost.result values (turn, omitted, extract(epoch from clock_timestamp() - start));
    drop table index_cost.messages;
    commit;
end $$;

create procedure index_cost.measure(rounds int) language plpgsql as $$
declare
    omitted text;
begin
    for turn in 0 .. rounds loop
        for omitted in select '' union all select indexname::text from pg_indexes
                       where tablename = 'messages' and schemaname = current_schema() and indexname <> 'messages_pkey' order by 1 loop
            call index_cost.store(turn, omitted);
        end loop;
    end loop;
end $$;

call index_cost.measure(6);

-- Speed with all indexes as a part of that without this one; the first round does not count.
select one.omitted as index, count(*) as rounds,
       round(percentile_cont(0.5) within group (order by one.seconds / whole.seconds)::numeric, 2) as median,
       round(min(one.seconds / whole.seconds)::numeric, 2) as least, round(max(one.seconds / whole.seconds)::numeric, 2) as most,
       round(percentile_cont(0.5) within group (order by 100000 / whole.seconds)::numeric) as rows_a_second_with_all
from index_cost.result one join index_cost.result whole on whole.turn = one.turn and whole.omitted = ''
where one.turn > 0 and one.omitted <> '' group by 1 order by 1;

drop schema index_cost cascade;
