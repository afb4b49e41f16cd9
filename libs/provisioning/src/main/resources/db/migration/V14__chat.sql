-- Conversations of the callers: questions, and the answers to them.
create table chat_sessions (
    id         uuid primary key,
    -- The order in which rows were made; gaps are normal.
    seq        bigint generated always as identity,
    owner      text not null,
    -- The beginning of the first question, for lists.
    title      text not null check (char_length(title) between 1 and 80),
    -- Number of its turns, and so of the last one.
    turns      integer not null check (turns > 0),
    -- By the api's clock; the second is when the last turn came.
    created_at timestamptz not null,
    updated_at timestamptz not null
);

-- For lists, and for the oldest of an owner.
create index chat_sessions_by_creation on chat_sessions (owner, created_at, seq);
-- For those that expire.
create index chat_sessions_by_use on chat_sessions (updated_at);

-- A question, and the answer to it.
create table chat_turns (
    session_id uuid not null references chat_sessions on delete cascade,
    -- 1, 2, …, as they were asked.
    number     integer not null check (number > 0),
    question   text not null,
    -- Null once a document is gone that it rests on.
    answer     text,
    found      boolean not null,
    mode       text not null,
    -- Number of the passages that it was made of: of those that are fewer, one is gone.
    sources    integer not null check (sources >= 0),
    created_at timestamptz not null,
    primary key (session_id, number)
);

-- What answers were made of. With its passage, which goes when the document is replaced or deleted, a quotation goes in the same transaction.
create table chat_quotations (
    session_id uuid not null,
    turn       integer not null,
    -- 1, 2, …, by which the answer refers to it.
    number     integer not null check (number > 0),
    passage_id bigint not null references passages on delete cascade,
    quote      text not null,
    score      double precision not null,
    -- False of what a language model was given and its text does not refer to: it may say it all the same.
    cited      boolean not null,
    primary key (session_id, turn, number),
    foreign key (session_id, turn) references chat_turns on delete cascade
);

create index chat_quotations_of_passage on chat_quotations (passage_id);

-- And so does the answer, which may say the same in other words. With the rights of the owner of the tables, whoever has changed the document.
create function chat_redact() returns trigger
    language plpgsql security definer set search_path from current as
$$
begin
    -- Whoever holds the row is deleting it, or does the same: two that wait for each other would fail.
    update chat_turns set answer = null
     where (session_id, number) in (
         select session_id, number from chat_turns
          where session_id = old.session_id and number = old.turn and answer is not null
            for no key update skip locked);
    return null;
end
$$;

create trigger chat_redact after delete on chat_quotations for each row execute function chat_redact();

-- What is not shared any more stays in the sessions of its owner alone.
create function chat_withdraw() returns trigger
    language plpgsql security definer set search_path from current as
$$
begin
    delete from chat_quotations using passages, chat_sessions
     where passages.document_id = new.id and chat_quotations.passage_id = passages.id
       and chat_sessions.id = chat_quotations.session_id and chat_sessions.owner <> new.owner;
    return null;
end
$$;

create trigger chat_withdraw after update of visibility on documents for each row
    when (old.visibility = 'shared' and new.visibility <> 'shared') execute function chat_withdraw();
