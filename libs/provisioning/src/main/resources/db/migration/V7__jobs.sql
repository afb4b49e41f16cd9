-- Work of seconds that a feature has ordered in the transaction that changed its rows. What has become of it stands here, and nowhere else.
create table jobs (
    id          uuid primary key,
    type        text not null,
    -- The thing to work on; its data stand in the feature's own row.
    subject     uuid not null,
    state       text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
    -- Number of times that it was started. Whoever finishes names it, so that of two who do the same work one result counts.
    attempt     integer not null default 0 check (attempt >= 0),
    -- Attempts that failed by the job's own fault, and attempts whose worker was gone before they ended. Outages are neither.
    failures    integer not null default 0 check (failures >= 0),
    deaths      integer not null default 0 check (deaths >= 0),
    -- Reason of the last failure; null when it is done.
    reason      text,
    -- Of the request that ordered it.
    traceparent text,
    created_at  timestamptz not null default clock_timestamp(),
    -- When the last attempt was started.
    started_at  timestamptz,
    finished_at timestamptz check ((state in ('done', 'failed')) = (finished_at is not null))
);

-- What waits is little beside what is finished.
create index jobs_unfinished on jobs (type, created_at) where finished_at is null;
-- Retention deletes the oldest.
create index jobs_finished on jobs (finished_at) where finished_at is not null;

-- db-scheduler's table, as its version 16 has it for PostgreSQL: which job is due, and which worker has it. A row is gone when its job has
-- ended; task_name is the job's type, and task_instance its id.
create table scheduled_tasks (
    task_name            text not null,
    task_instance        text not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
