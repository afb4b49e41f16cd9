package io.sluice.api.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.storage.ObjectStorage;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** Documents of the caller without a token, as the worker leaves them: with three passages on two pages. */
@ApplicationScoped
public class ReadDocuments {

    private final StoredDeadLetters tables;
    private final ObjectStorage storage;

    ReadDocuments(StoredDeadLetters tables, ObjectStorage storage) {
        this.tables = tables;
        this.storage = storage;
    }

    /** Stores a small one under this id, in place of another one. */
    public void store(UUID id) {
        store(id, "%PDF-1.7 read".getBytes(UTF_8));
    }

    /** Stores one of these bytes, which are taken for a PDF. */
    void store(UUID id, byte[] bytes) {
        StoredObject content = write(bytes);
        tables.execute(
                "delete from documents where owner = 'anonymous' and (id = ? or sha256 = ?)", id, content.sha256());
        tables.execute(
                """
                insert into documents (
                    id, owner, name, media_type, sha256, storage_key, bytes, status, job_id, version, pages, passage_count,
                    lexeme_count, created_at, updated_at, ready_at)
                values (?, 'anonymous', 'read.pdf', 'application/pdf', ?, ?, ?, 'ready', gen_random_uuid(), 3, 2, 3, 9, now(), now(), now())""",
                id,
                content.sha256(),
                content.key().value(),
                content.size());
        tables.execute(
                """
                insert into passages (document_id, ordinal, page, heading, text)
                select ?, n, (n + 1) / 2, case when n > 1 then 'Doses' end, 'Passage ' || n from generate_series(1, 3) n""",
                id);
        tables.execute("insert into passage_terms values ('passag', ?, 0, '{1,2,3}', '{1,1,1}', '{3,3,3}')", id);
        tables.execute(
                "insert into passage_vectors select ?, 'a/model/1', 0, array_agg(id), '\\x010203' from passages where document_id = ?",
                id,
                id);
    }

    private StoredObject write(byte[] bytes) {
        try {
            return storage.open()
                    .write(StorageKey.unique("documents", "anonymous"), new ByteArrayInputStream(bytes), bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
