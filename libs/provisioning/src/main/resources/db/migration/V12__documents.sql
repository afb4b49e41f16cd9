-- Documents of the callers. The bytes are in storage, and were written there before the row.
create table documents (
    id            uuid primary key,
    -- The order in which rows were made; gaps are normal.
    seq           bigint generated always as identity,
    -- The caller that uploaded it, who alone changes it.
    owner         text not null,
    -- What stands before the last / of the owner: the issuer that has named it. What is shared is for the callers of that issuer.
    issuer        text not null generated always as (regexp_replace(owner, '[^/]*$', '')) stored,
    visibility    text not null default 'private' check (visibility in ('private', 'shared')),
    name          text not null check (char_length(name) between 1 and 200),
    media_type    text not null check (media_type in ('application/pdf', 'text/plain', 'text/markdown', 'text/html')),
    -- The same bytes of one owner are one document.
    sha256        bytea not null check (octet_length(sha256) = 32),
    -- Used once, so that what no row names can be deleted.
    storage_key   text not null unique,
    bytes         bigint not null check (bytes > 0),
    status        text not null default 'queued' check (status in ('queued', 'running', 'ready', 'failed')),
    -- Why it could not be read: a code, as no-text, and a sentence.
    reason_code   text,
    reason        text,
    -- The last job that was ordered: an earlier one that ends late changes nothing.
    job_id        uuid not null,
    -- Number of the bytes: 1 at first, one more with each replacement.
    revision      integer not null default 1 check (revision > 0),
    -- 1 at first, one more with each change; the version of the change's event.
    version       bigint not null default 1 check (version > 0),
    -- Of what the last job has read; null until it is ready. Documents that have no pages have null there.
    pages         integer check (pages > 0),
    passage_count integer check (passage_count > 0),
    -- Lexemes of all its passages, each as often as it stands there.
    lexeme_count  bigint,
    -- By the api's clock, but the last one, which is by the worker's.
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    ready_at      timestamptz,
    unique (owner, sha256),
    check ((status = 'failed') = (reason_code is not null) and (status = 'failed') = (reason is not null)),
    check ((status = 'ready') = (passage_count is not null))
);

-- For lists: all, and those of one status.
create index documents_by_creation on documents (owner, created_at, seq);
create index documents_by_status on documents (owner, status, created_at, seq);
-- For the search in what others share.
create index documents_shared on documents (issuer) where visibility = 'shared';

-- Passages of the documents that are ready, and of no others: they come with that status, and go in the transaction that ends it. An id is
-- never used again, so that whoever has kept one learns that it is gone.
create table passages (
    id          bigint generated always as identity primary key,
    document_id uuid not null references documents on delete cascade,
    -- 1, 2, …, as they stand in the document.
    ordinal     integer not null check (ordinal > 0),
    -- From 1 on; null where there are no pages.
    page        integer check (page > 0),
    -- What stands over it, or null.
    heading     text,
    text        text not null,
    unique (document_id, ordinal)
);

-- Lexemes of a text, for passages and for queries alike: stems of English, and words of other languages as they are. Another configuration
-- takes a new function, and new terms of all passages.
create function passage_lexemes(passage text) returns tsvector
    language sql immutable parallel safe
    return to_tsvector('pg_catalog.english', passage);

-- Which passages have a lexeme, for BM25, which needs nothing else: a row for each block of up to 2,000 passages of a document that has it.
-- That is a fraction of the rows of one for each passage and lexeme, and as much faster to delete.
create table passage_terms (
    lexeme      text not null,
    document_id uuid not null references documents on delete cascade,
    -- Number of the block in the document, from 0 on.
    block       integer not null check (block >= 0),
    -- Passages that have it, ascending; for each how often it stands there, and how many lexemes it has in all.
    ordinals    integer[] not null,
    frequencies smallint[] not null,
    lengths     smallint[] not null,
    primary key (lexeme, document_id, block),
    check (cardinality(ordinals) > 0
           and cardinality(frequencies) = cardinality(ordinals) and cardinality(lengths) = cardinality(ordinals))
);

-- For deletions.
create index passage_terms_of_document on passage_terms (document_id);

-- It sweeps more than images now, under another name.
delete from scheduled_tasks where task_name = 'image-sweep';
