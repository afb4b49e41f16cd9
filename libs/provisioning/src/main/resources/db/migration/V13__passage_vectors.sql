-- Vectors of passages, for the search by meaning: a row for each block of up to 256 passages of a document. They come in the transaction that
-- makes the document ready, and go with its passages. A document that has none is found by its words alone. Without pgvector, which few
-- databases have: workers compare them in memory.
create table passage_vectors (
    document_id uuid not null references documents on delete cascade,
    -- Name, version and dimensions of the model; vectors of different models are not to be compared.
    model       text not null,
    -- Number of the block in the document, from 0 on.
    block       integer not null check (block >= 0),
    passage_ids bigint[] not null,
    -- One behind the other, a signed byte for each dimension.
    vectors     bytea not null,
    primary key (document_id, model, block),
    check (cardinality(passage_ids) > 0 and octet_length(vectors) % cardinality(passage_ids) = 0)
);

-- They cannot be compressed.
alter table passage_vectors alter vectors set storage external;
