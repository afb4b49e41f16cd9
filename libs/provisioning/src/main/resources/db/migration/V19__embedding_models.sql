-- Models that vectors of passages are of. After a change of the model, workers of the new one embed all passages anew, while those of the old one
-- go on; vectors of a model that no worker has had for an hour are deleted once another one has all.
create table embedding_models (
    -- As in passage_vectors.
    model   text primary key,
    -- When a worker that has it last said so, which each does every 15 seconds.
    seen_at timestamptz not null
);

-- Workers that are older than this table say nothing.
insert into embedding_models (model, seen_at) select distinct model, now() from passage_vectors;

-- Documents that are being embedded anew, each by one worker: one that was killed leaves the next a document when its lease has ended.
create table embedding_leases (
    document_id uuid not null references documents on delete cascade,
    model       text not null,
    holder      uuid not null,
    expires_at  timestamptz not null,
    primary key (document_id, model)
);
