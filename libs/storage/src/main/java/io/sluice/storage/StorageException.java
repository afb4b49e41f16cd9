package io.sluice.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A failure of storage; the message has no bytes of objects, no names that users chose, and no secrets. */
public final class StorageException extends IOException {

    private static final long serialVersionUID = 1L;

    private final StorageFailure failure;

    StorageException(StorageFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /** The failure that a stream of {@link Storage#list} has thrown. */
    static StorageException of(UncheckedIOException e) {
        return e.getCause() instanceof StorageException failure
                ? failure
                : new StorageException(StorageFailure.UNAVAILABLE, "Storage cannot be listed.", e);
    }

    /** Kind of the failure. */
    public StorageFailure failure() {
        return failure;
    }
}
