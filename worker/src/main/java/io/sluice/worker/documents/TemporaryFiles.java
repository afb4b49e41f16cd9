package io.sluice.worker.documents;

import io.sluice.runtime.retry.FailureSummary;
import io.sluice.worker.jobs.OutageException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Temporary files of jobs, in a folder that is this program's, and which nobody else on the machine can read. */
@Singleton
class TemporaryFiles {

    private static final String PREFIX = "sluice-documents-";

    /** No job takes so long. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path parent;
    private final Clock clock;

    /** Guarded by this; made when it is first needed, and made anew if another program took it for abandoned. */
    private @Nullable Path folder;

    @Inject
    TemporaryFiles(Clock clock) {
        this(Path.of(System.getProperty("java.io.tmpdir")), clock);
    }

    TemporaryFiles(Path parent, Clock clock) {
        this.parent = parent;
        this.clock = clock;
    }

    /**
     * Makes an empty one, and deletes those that programs which were killed have left behind.
     *
     * @throws OutageException if the machine has no room for it
     */
    synchronized TemporaryFile create() throws OutageException {
        try {
            deleteAbandoned(clock.instant().minus(ABANDONED_AFTER));
            if (folder == null || !Files.isDirectory(folder)) {
                folder = Files.createTempDirectory(parent, PREFIX);
            }
            return new TemporaryFile(Files.createTempFile(folder, "", ".tmp"));
        } catch (IOException e) {
            throw outage(e);
        }
    }

    /** The outage that a failure of a temporary file is: of the machine, and not of what is written. */
    static OutageException outage(IOException failure) {
        return new OutageException("Temporary files cannot be used: " + FailureSummary.of(failure), failure);
    }

    private void deleteAbandoned(Instant before) throws IOException {
        for (Path each : list(parent)) {
            if (each.getFileName().toString().startsWith(PREFIX)) {
                deleteOld(each, before);
            }
        }
    }

    /** Deletes what is old in a folder, and then the folder if it is empty; those of other users stay. */
    private void deleteOld(Path each, Instant before) throws IOException {
        boolean empty = isOld(each, before) && !each.equals(folder);
        if (Files.isReadable(each)) {
            for (Path file : list(each)) {
                boolean deleted = isOld(file, before) && file.toFile().delete();
                empty &= deleted;
            }
        }
        boolean unused = empty && each.toFile().delete();
    }

    private static boolean isOld(Path file, Instant before) {
        return file.toFile().lastModified() < before.toEpochMilli();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Deletes the folder; jobs that are under way have been given back. */
    @PreDestroy
    synchronized void close() throws IOException {
        if (folder != null && Files.isDirectory(folder)) {
            for (Path file : list(folder)) {
                boolean unused = file.toFile().delete();
            }
            boolean unused = folder.toFile().delete();
        }
    }
}
