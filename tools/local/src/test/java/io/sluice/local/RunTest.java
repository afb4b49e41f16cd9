package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BY_SIGINT = 130;

    /** Said last: the platform is ready before. */
    private static final String WORKER_READY = "  worker       ready";

    @TempDir
    private Path folder;

    private final List<Process> runs = new ArrayList<>();
    private StandInProject project;

    @BeforeEach
    void build() throws IOException {
        project = StandInProject.in(folder);
    }

    @AfterEach
    void end() {
        runs.forEach(run -> Signal.kill(run.toHandle()));
        RunState.stale(project.home()).forEach(left -> left.living().ifPresent(Signal::kill));
    }

    /** The end-to-end test of the script does it as well. */
    @Test
    @Tag("matrix")
    void anInterruptStopsAllInTheOrderOfAnEventsWay() throws Exception {
        // Given
        Process run = start("run.log", javaCommand());
        awaitOutput("run.log", "Ctrl-C stops it.");
        awaitOutput("run.log", WORKER_READY);
        List<RecordedProcess> children = RunState.stale(project.home());

        // When
        new ProcessBuilder("kill", "-INT", String.valueOf(run.pid())).start();

        // Then
        assertThat(run.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(BY_SIGINT);
        assertThat(children).hasSize(5).allMatch(child -> child.living().isEmpty());
        assertThat(output("run.log"))
                .containsPattern("curl -i http://127.0.0.1:\\d+/api/v1/messages -H")
                .containsSubsequence("Stopping.", "api ", "consumer ", "worker ", "Kafka ", "PostgreSQL ", "Stopped.");
        assertThat(output(".sluice/logs/consumer.log")).contains("stopped while Kafka was up: true");
        assertThat(project.home().resolve("state")).doesNotExist();
    }

    @Test
    void whatAKilledRunLeftIsStoppedAndARunWhoseParentIsGoneStops() throws Exception {
        // Given
        Process killed = start("killed.log", javaCommand());
        awaitOutput("killed.log", WORKER_READY);
        killed.destroyForcibly().waitFor();
        List<RecordedProcess> left = RunState.stale(project.home());
        assertThat(left).hasSize(5);

        // When
        Process parent = start("run.log", List.of("sh", "-c", String.join(" ", javaCommand()) + "; true"));

        // Then
        awaitOutput("run.log", "Ctrl-C stops it.");
        assertThat(output("run.log"))
                .contains(left.stream()
                        .map(child -> "left by an earlier run (process " + child.pid() + ")")
                        .toList());
        assertThat(left).allMatch(child -> child.living().isEmpty());

        // When
        parent.destroyForcibly();

        // Then
        awaitOutput("run.log", "Stopped.");
        assertThat(RunState.stale(project.home())).isEmpty();
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidWithTheRemedy() throws Exception {
        // Given
        Files.createDirectories(project.home());
        Files.createFile(project.home().resolve("data"));

        // When
        Process run = start("run.log", javaCommand());

        // Then
        assertThat(run.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(1);
        assertThat(output("run.log"))
                .contains(project.home().resolve("data").toString(), "let this user read and write there")
                .doesNotContain("null");
    }

    private List<String> javaCommand() {
        return List.of(
                Jvm.command(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StandInRun.class.getName(),
                folder.toString());
    }

    private Process start(String log, List<String> command) throws IOException {
        File file = folder.resolve(log).toFile();
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file)
                .start();
        runs.add(run);
        return run;
    }

    private void awaitOutput(String log, String text) {
        await().atMost(LIMIT).until(() -> new LogFile(folder.resolve(log)).contains(text, 0));
    }

    private String output(String log) {
        return new LogFile(folder.resolve(log)).ending(Integer.MAX_VALUE);
    }
}
