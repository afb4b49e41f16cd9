-- Vectors of passages once more, for PostgreSQL's own search: made by triggers of what stands in passage_vectors, whoever writes that. Components
-- are the same whole numbers, which a halfvec has exactly, so that exact searches in here and in a worker's memory find the same.
create extension if not exists vector;

create table passage_embeddings (
    passage_id  bigint not null,
    document_id uuid not null references documents on delete cascade,
    model       text not null,
    embedding   halfvec not null,
    primary key (passage_id, model)
);

create function passage_halfvecs(passage_ids bigint[], vectors bytea) returns table (passage_id bigint, embedding halfvec)
    language sql immutable parallel safe set search_path from current as $$
    select id, (select array_agg((get_byte(vectors, (place::integer - 1) * dimensions + i) + 128) % 256 - 128 order by i)::halfvec
                  from generate_series(0, dimensions - 1) as i)
      from (select octet_length(vectors) / cardinality(passage_ids) as dimensions) as each_has,
           unnest(passage_ids) with ordinality as passage(id, place)
    $$;

-- With the rights of the tables' owner: who may write passage_vectors need not be allowed more.
create function copy_passage_vectors() returns trigger
    language plpgsql security definer set search_path from current as $$
    begin
        if tg_op <> 'INSERT' then
            delete from passage_embeddings where passage_id = any (old.passage_ids) and model = old.model;
        end if;
        if tg_op <> 'DELETE' then
            insert into passage_embeddings (passage_id, document_id, model, embedding)
            select passage_id, new.document_id, new.model, embedding from passage_halfvecs(new.passage_ids, new.vectors);
        end if;
        return null;
    end $$;

-- Waits for those who write at the moment; whoever writes later finds the trigger.
create trigger copied after insert or update or delete on passage_vectors for each row execute function copy_passage_vectors();

insert into passage_embeddings (passage_id, document_id, model, embedding)
select copied.passage_id, document_id, model, embedding
  from passage_vectors, passage_halfvecs(passage_ids, vectors) as copied;

-- For exact searches in what a caller can read, where that is little.
create index passage_embeddings_of_document on passage_embeddings (document_id, model);

-- For all others, which takes some minutes where there are many. Each index is of vectors of the same dimensions; models have these, and an index of none costs nothing.
set local maintenance_work_mem = '256MB';
create index passage_embeddings_384 on passage_embeddings using hnsw ((embedding::halfvec(384)) halfvec_cosine_ops) where vector_dims(embedding) = 384;
create index passage_embeddings_512 on passage_embeddings using hnsw ((embedding::halfvec(512)) halfvec_cosine_ops) where vector_dims(embedding) = 512;
create index passage_embeddings_768 on passage_embeddings using hnsw ((embedding::halfvec(768)) halfvec_cosine_ops) where vector_dims(embedding) = 768;
create index passage_embeddings_1024 on passage_embeddings using hnsw ((embedding::halfvec(1024)) halfvec_cosine_ops) where vector_dims(embedding) = 1024;
