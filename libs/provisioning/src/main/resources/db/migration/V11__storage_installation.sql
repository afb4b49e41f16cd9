-- Claim of this database on the storage of its objects: of what storage holds, only the database that it belongs to can tell what is not
-- needed any more. Storage has an object with the same id and number. The worker writes the row; delete it to claim a storage anew.
create table storage_installation (
    -- One row at most.
    only_row   boolean primary key default true check (only_row),
    id         uuid not null default gen_random_uuid(),
    -- Of the last renewal; 0 before the first. Storage that has a higher one was used by a later state of the database.
    number     bigint not null default 0 check (number >= 0),
    -- The transaction that wrote the row, which its xmin says as well. After a restore of a dump they differ.
    written_by xid8 not null default pg_current_xact_id()
);
