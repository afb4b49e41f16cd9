create table tasks (
    id           uuid primary key,
    -- The order in which rows were made; gaps are normal.
    seq          bigint generated always as identity,
    -- The caller that made it, who alone sees it.
    owner        text not null,
    title        text not null,
    description  text,
    -- 9999-12-31 where there is none: a page begins behind a row's values, and nothing is behind null.
    due          date not null,
    -- 0 low, 1 normal, 2 high.
    priority     smallint not null check (priority between 0 and 2),
    -- Of this type because Hibernate compares it with arrays of varchar.
    tags         varchar[] not null,
    status       text not null check (status in ('open', 'completed')),
    -- 1 at first, one more with each change; the entity tag, and the version of the change's event.
    version      bigint not null check (version > 0),
    -- Times by the api's clock.
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    completed_at timestamptz check ((status = 'completed') = (completed_at is not null))
);

-- One for each order of a list; what a list filters by is looked for in a bounded number of rows of its order.
create index tasks_by_creation on tasks (owner, created_at, seq);
create index tasks_by_due_date on tasks (owner, due, seq);
create index tasks_by_priority on tasks (owner, priority, seq);

-- What was made for an Idempotency-Key: who sends it again gets the first answer, whatever has become of the task.
create table task_creations (
    -- UUIDv5 of owner and key.
    key         uuid primary key,
    task_id     uuid not null,
    -- SHA-256 of what the task was made of.
    fingerprint bytea not null check (octet_length(fingerprint) = 32),
    created_at  timestamptz not null
);

-- Retention deletes the oldest.
create index task_creations_oldest on task_creations (created_at);
