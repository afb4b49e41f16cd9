package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleProcessesTest {
    @TempDir
    private Path home;

    private final List<String> reported = new ArrayList<>();
    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sleep", "120").start();
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    @Test
    void aProcessOfTheEarlierRunIsStopped() throws Exception {
        // Given
        record(RecordedProcess.of("api", process.toHandle()));

        // When
        clear();

        // Then
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(reported).containsExactly("api " + process.pid());
    }

    @Test
    void aProcessThatHasOnlyTheSameIdIsLeftAlone() throws IOException {
        // Given
        RecordedProcess now = RecordedProcess.of("api", process.toHandle());
        record(new RecordedProcess(now.pid(), now.startedAt().minus(Duration.ofSeconds(10)), now.name()));

        // When
        clear();

        // Then
        assertThat(process.isAlive()).isTrue();
        assertThat(reported).isEmpty();
    }

    @Test
    void aStateFileThatIsNoneDoesNotHurt() throws IOException {
        // Given
        Files.writeString(home.resolve("state"), "what\n1 2\n" + process.pid() + " x api\n");

        // When
        clear();

        // Then
        assertThat(process.isAlive()).isTrue();
    }

    private void record(RecordedProcess child) throws IOException {
        RecordedProcess run = RecordedProcess.of("http://127.0.0.1:8080", ProcessHandle.current());
        Files.write(home.resolve("state"), List.of(run.line(), child.line()));
    }

    private void clear() {
        ProgressListener progress = new ProgressListener() {
            @Override
            public void stale(String name, long pid) {
                reported.add(name + " " + pid);
            }
        };
        new StaleProcesses(home, progress).clear();
    }
}
