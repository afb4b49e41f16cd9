package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final String PROGRAM = "init-job";

    @TempDir
    private Path folder;

    private ClassArchive archive;
    private Path jar;

    @BeforeEach
    void build() throws IOException {
        StandInProject.in(folder);
        archive = ClassArchive.of(folder, PROGRAM);
        jar = folder.resolve(PROGRAM).resolve("target/quarkus-app/quarkus-run.jar");
    }

    @Test
    void theFirstProcessWritesItAndTheNextOneBeginsWithIt() throws Exception {
        // Given
        assertThat(archive.options()).isEmpty();

        // When
        run(archive.optionsOfWriter());

        // Then
        assertThat(archive.options()).isNotEmpty().isEqualTo(archive.optionsOfWriter());
        assertThat(run(archive.options())).contains(StandInJob.class.getName() + " source: shared objects file");
    }

    @Test
    void thatOfAnEarlierBuildIsWrittenAnew() throws Exception {
        // Given
        run(archive.optionsOfWriter());
        List<String> ofTheEarlierBuild = archive.options();

        // When
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

        // Then
        assertThat(archive.options()).isEmpty();
        assertThat(run(ofTheEarlierBuild)).contains(StandInJob.class.getName() + " source: file:");
    }

    @Test
    void oneThatWasNotWrittenToItsEndIsNotUsed() throws Exception {
        // Given
        run(archive.optionsOfWriter());

        // When
        Files.delete(archive.file());
        Files.write(archive.file(), new byte[8192]);

        // Then
        assertThat(archive.options()).isEmpty();
    }

    private String run(List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Jvm.command()));
        command.addAll(options);
        command.addAll(List.of("-Xlog:class+load", "-jar", jar.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
