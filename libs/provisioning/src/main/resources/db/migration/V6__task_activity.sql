-- What happened to tasks, as the consumer learns it from their events. No foreign key: events of a task may be stored when it is gone, and
-- what is kept of a deleted task is that it was.
create table task_activity (
    task_id   uuid not null,
    version   bigint not null,
    type      text not null,
    status    text not null,
    -- Who alone sees it.
    owner     text not null,
    event_id  uuid not null,
    -- When it happened, by the api's clock.
    time      timestamptz not null,
    stored_at timestamptz not null default clock_timestamp(),
    -- One event a version; whoever stores an event again after its row in messages has expired finds this one.
    primary key (task_id, version)
);

-- Retention deletes the oldest.
create index task_activity_oldest on task_activity (stored_at);
