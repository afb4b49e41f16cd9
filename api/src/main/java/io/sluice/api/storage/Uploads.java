package io.sluice.api.storage;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageException;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes rows of files that were received. The bytes are in storage before the row that names them: a row never lacks its bytes, and bytes
 * that no row names are found by a sweeper.
 */
public final class Uploads {

    private final Storage storage;
    private final String kind;
    private final String owner;

    /**
     * Uploads of one owner.
     *
     * @param kind first segment of the keys
     */
    public Uploads(Storage storage, String kind, String owner) {
        this.storage = storage;
        this.kind = kind;
        this.owner = owner;
    }

    /**
     * The row of an upload.
     *
     * @param created false if there was one of the same bytes already
     */
    public record Upload<R>(R row, boolean created) {}

    /**
     * Makes a row, or gives the one of the same bytes; if storage has lost these, they are stored anew. Blocks.
     *
     * @throws StorageException if storage fails
     * @throws IOException if the file cannot be read
     * @throws ProblemException if so much waits that no more may
     * @throws DatabaseUnavailableException if it is not known whether there is a row now; the same bytes can be sent again
     */
    public <R> Upload<R> add(Path file, UploadRows<R> rows) throws IOException {
        byte[] sha256 = sha256(file);
        // Once more where another request has made the row in between, and perhaps deleted it since.
        while (true) {
            Optional<R> known = rows.find(sha256);
            Optional<Upload<R>> upload = known.isPresent() && isStored(rows.content(known.get()))
                    ? rows.reuse(known.get()).map(row -> new Upload<>(row, false))
                    : stored(file, rows, known);
            if (upload.isPresent()) {
                return upload.get();
            }
        }
    }

    /** Gives the bytes to a new row, or to the one that has lost its own. */
    private <R> Optional<Upload<R>> stored(Path file, UploadRows<R> rows, Optional<R> withoutBytes) throws IOException {
        Optional<Upload<R>> upload = keep(
                        file,
                        content -> withoutBytes.isPresent()
                                ? rows.restore(withoutBytes.get(), content)
                                : rows.create(content))
                .map(row -> new Upload<>(row, withoutBytes.isEmpty()));
        if (upload.isPresent()) {
            withoutBytes.ifPresent(row -> discard(rows.content(row)));
        }
        return upload;
    }

    /**
     * Writes a file to storage, and has a row name it; blocks.
     *
     * @param name gives the row, or empty if none names the bytes
     * @throws IOException as {@link #add}
     */
    public <R> Optional<R> keep(Path file, Function<StoredObject, Optional<R>> name) throws IOException {
        StoredObject content = write(file);
        try {
            Optional<R> row = name.apply(content);
            if (row.isEmpty()) {
                discard(content);
            }
            return row;
        } catch (ProblemException refused) {
            // Rolled back for certain. After any other failure the row may be there, and what it names has to stay.
            discard(content);
            throw refused;
        }
    }

    private StoredObject write(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return storage.write(StorageKey.unique(kind, owner), bytes, Files.size(file));
        }
    }

    /** Deletes bytes that no row names any more; blocks. What cannot be deleted now is left for a sweeper. */
    public void discard(StoredObject content) {
        try {
            storage.delete(content.key());
        } catch (StorageException e) {
            // No row names it.
        }
    }

    /** Tells whether the bytes are as they were written; also true while storage cannot tell. */
    private boolean isStored(StoredObject content) throws IOException {
        try (InputStream bytes = storage.open(content)) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (StorageException e) {
            return switch (e.failure()) {
                case MISSING, CHANGED -> false;
                case FULL, READ_ONLY, ACCESS_DENIED, UNAVAILABLE, KEY_IN_USE -> true;
            };
        }
    }

    private static byte[] sha256(Path file) throws IOException {
        try (DigestInputStream bytes =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return bytes.getMessageDigest().digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
