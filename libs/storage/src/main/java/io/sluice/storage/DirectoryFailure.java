package io.sluice.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Failures of a file system by kind. The messages of the system may be in any language, so the volume is asked as well. */
final class DirectoryFailure {

    /** Less space than one write takes. */
    private static final long FULL_BYTES = 128 * 1024;

    private DirectoryFailure() {}

    static StorageException of(Path root, Exception e) {
        if (e instanceof StorageException known) {
            return known;
        }
        if (e instanceof AccessDeniedException) {
            return new StorageException(
                    StorageFailure.ACCESS_DENIED,
                    "The user that the program runs as may not write to " + root + "; give it the directory.",
                    e);
        }
        if (isReadOnly(root, e)) {
            return new StorageException(
                    StorageFailure.READ_ONLY, "The volume of " + root + " is read-only; mount it writable.", e);
        }
        if (isFull(root, e)) {
            return new StorageException(
                    StorageFailure.FULL,
                    "The volume of " + root + " is full; enlarge it, or delete what is not needed.",
                    e);
        }
        return new StorageException(
                StorageFailure.UNAVAILABLE, "The directory " + root + " cannot be used; is its volume mounted?", e);
    }

    private static boolean isReadOnly(Path root, Exception e) {
        return says(e, "Read-only file system") || asked(root, FileStore::isReadOnly);
    }

    private static boolean isFull(Path root, Exception e) {
        return says(e, "No space left on device")
                || says(e, "Disk quota exceeded")
                || asked(root, volume -> volume.getUsableSpace() < FULL_BYTES);
    }

    private static boolean says(Exception e, String message) {
        return String.valueOf(e.getMessage()).contains(message);
    }

    private static boolean asked(Path root, Question question) {
        try {
            return question.ask(Files.getFileStore(root));
        } catch (IOException unknown) {
            return false;
        }
    }

    private interface Question {
        boolean ask(FileStore volume) throws IOException;
    }
}
