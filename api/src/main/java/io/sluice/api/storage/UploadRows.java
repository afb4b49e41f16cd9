package io.sluice.api.storage;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.storage.StoredObject;
import java.util.Optional;

/**
 * Rows of a feature that name the bytes of uploads, of one owner, whose same bytes are one row. Every method blocks, and throws {@link
 * DatabaseUnavailableException}, or {@link ProblemException} if so much waits that no more may; then nothing was changed.
 *
 * @param <R> a row
 */
public interface UploadRows<R> {

    /** Finds the row of these bytes. */
    Optional<R> find(byte[] sha256);

    /** Bytes that the row names. */
    StoredObject content(R row);

    /** Takes a row whose bytes came again; what has failed before is ordered anew. Empty if it is gone. */
    Optional<R> reuse(R row);

    /** Makes a row of bytes that are in storage; empty if there is one, and then nothing was changed. */
    Optional<R> create(StoredObject content);

    /**
     * Gives a row other bytes, equal to those that storage has lost.
     *
     * @param row as it was when they were found to be lost
     * @return empty if it is gone or has other bytes by now; then nothing was changed
     */
    Optional<R> restore(R row, StoredObject content);
}
