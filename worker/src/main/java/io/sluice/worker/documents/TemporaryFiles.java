package io.sluice.worker.documents;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Temporary files of jobs. */
@Singleton
class TemporaryFiles {

    /** No job takes so long. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path folder;
    private final Clock clock;

    @Inject
    TemporaryFiles(Clock clock) {
        this(Path.of(System.getProperty("java.io.tmpdir"), "sluice-documents"), clock);
    }

    TemporaryFiles(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Makes an empty one, and deletes those that programs which were killed have left behind. */
    Path create() throws IOException {
        Files.createDirectories(folder);
        deleteAbandoned(clock.instant().minus(ABANDONED_AFTER));
        return Files.createTempFile(folder, "", ".tmp");
    }

    private void deleteAbandoned(Instant before) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toFile().lastModified() < before.toEpochMilli())
                    .forEach(file -> {
                        boolean unused = file.toFile().delete();
                    });
        }
    }
}
