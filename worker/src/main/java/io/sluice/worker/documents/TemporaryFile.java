package io.sluice.worker.documents;

import java.nio.file.Path;

/** A temporary file, which is deleted when it is closed; one that cannot be is deleted later, as abandoned. */
record TemporaryFile(Path path) implements AutoCloseable {

    @Override
    public void close() {
        boolean unused = path.toFile().delete();
    }
}
