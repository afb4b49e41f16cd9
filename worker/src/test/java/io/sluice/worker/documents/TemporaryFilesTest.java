package io.sluice.worker.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {

    private final Clock clock = Clock.systemUTC();

    @TempDir
    Path parent;

    @Test
    void areInAFolderThatNobodyElseReads() throws Exception {
        // Given: of another program, or of somebody who has guessed a name
        Path other = folder(new TemporaryFiles(parent, clock).create());

        // When
        Path folder = folder(new TemporaryFiles(parent, clock).create());

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(folder).isNotEqualTo(other).hasParent(parent);
    }

    @Test
    void whatAProgramThatWasKilledHasLeftIsDeletedWithItsFolder() throws Exception {
        // Given
        TemporaryFile left = new TemporaryFiles(parent, clock).create();
        TemporaryFile young = new TemporaryFiles(parent, clock).create();
        Path others = Files.createDirectory(parent.resolve("of-another-program"));
        age(left.path());
        age(folder(left));
        age(others);

        // When
        new TemporaryFiles(parent, clock).create();

        // Then
        assertThat(folder(left)).doesNotExist();
        assertThat(young.path()).exists();
        assertThat(others).exists();
    }

    @Test
    void aFolderThatWasTakenForAbandonedIsMadeAnew() throws Exception {
        // Given
        TemporaryFiles files = new TemporaryFiles(parent, clock);
        TemporaryFile first = files.create();
        first.close();
        Files.delete(folder(first));

        // When
        TemporaryFile second = files.create();

        // Then
        assertThat(second.path()).exists();

        // When
        files.close();

        // Then
        assertThat(parent).isEmptyDirectory();
    }

    private static Path folder(TemporaryFile file) {
        return Objects.requireNonNull(file.path().getParent());
    }

    private void age(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(clock.instant().minus(Duration.ofHours(2))));
    }
}
