package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Directory for incomplete folders. They are created under temporary names and renamed when they are complete, so that
 * a killed process leaves nothing that looks finished.
 */
record StagingDirectory(Path parent) {
    private static final String MARK = ".draft-";

    /** A unique path for a new folder. */
    Path next(String name) {
        try {
            Files.createDirectories(parent);
            return parent.resolve(name + MARK + UUID.randomUUID());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes folders that killed processes left; only for a directory that one process uses at a time. */
    void discardStale(String name) {
        try {
            for (Path abandoned : stale(name)) {
                FileUtils.deleteDirectory(abandoned.toFile());
            }
        } catch (IOException stillWrittenTo) {
            // Its process is about to end; the next start removes the rest.
            return;
        }
    }

    private List<Path> stale(String name) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(name + MARK))
                    .toList();
        }
    }
}
