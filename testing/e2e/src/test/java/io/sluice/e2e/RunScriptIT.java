package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./run}, as a user types it. */
class RunScriptIT {

    @TempDir
    Path folder;

    /** A checkout of its own, with a data folder of its own, that shares what is built; its name is one that needs care. */
    private Path checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = folder.resolve("it's, [a] checkout; 100% & #1!");
        Checkout.link(checkout);
    }

    @Test
    void startsPrintsCurlLinesThatWorkRefusesASecondRunAndLeavesNothingBehind() throws Exception {
        // When
        Running run = run("--port", "0");
        await().atMost(Duration.ofMinutes(3)).until(() -> run.output().contains("Ctrl-C stops it"));

        // Then
        assertThat(run.output())
                .as("the folder is that of the checkout")
                .contains(checkout.toRealPath().resolve(".sluice/logs").toString());
        List<String> curls = run.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl"))
                .toList();
        assertThat(curls).hasSize(3);
        String url = curls.get(0).replaceFirst(".*(http://127\\.0\\.0\\.1:\\d+)/.*", "$1");
        assertThat(shell(curls.get(0)).awaitEnd()).contains("202 Accepted");
        assertThat(shell(curls.get(1)).awaitEnd()).contains("200 OK", "\"payload\":{\"total\":99.5}}");
        assertThat(shell(curls.get(2)).awaitEnd()).contains("200 OK", "\"key\":\"order-42\"");

        Running second = run("--port", "0");
        assertThat(second.awaitEnd()).contains("already runs", url);
        assertThat(second.process.exitValue()).isEqualTo(1);

        List<ProcessHandle> parts = run.process.descendants().toList();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(5);
        shell("kill -INT " + run.process.pid()).awaitEnd();
        assertThat(run.awaitEnd())
                .containsSubsequence(
                        "api", "stopped", "consumer", "stopped", "Kafka", "stopped", "PostgreSQL", "stopped");
        assertThat(run.process.exitValue()).isEqualTo(130);
        assertThat(parts).noneMatch(ProcessHandle::isAlive);
        assertThat(checkout.resolve(".sluice/data")).isDirectory();
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(checkout));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "c++", "a\uD83D\uDE80b", "a\"b", "a$b", "a`b", "a\\b", "a\nb", "ab\n", "a\u007Fb"})
    void aFolderWhoseNameBreaksAPartIsRefusedBeforeAnythingIsWritten(String name) throws Exception {
        // Given
        checkout = Files.createDirectory(folder.resolve(name));
        Files.copy(Path.of("../../run"), checkout.resolve("run"));

        // When
        Running run = shell("./run >&2");

        // Then
        assertThat(run.awaitEnd()).contains("The path of this folder", "Move or clone Sluice to another folder.");
        assertThat(run.process.exitValue()).isEqualTo(1);
        assertThat(checkout.resolve(".sluice")).doesNotExist();
    }

    @Test
    void aFolderWhosePathIsTooLongIsRefused() throws Exception {
        // Given
        checkout = Files.createDirectories(folder.resolve(("x".repeat(200) + "/").repeat(4)));
        Files.copy(Path.of("../../run"), checkout.resolve("run"));

        // When
        Running run = shell("./run");

        // Then
        assertThat(run.awaitEnd()).contains("may have 700");
        assertThat(checkout.resolve(".sluice")).doesNotExist();
    }

    @Test
    void theScriptFindsAFolderThatBeginsWithAHyphen() throws Exception {
        // Given
        Path hyphen = Files.createDirectory(folder.resolve("-P"));
        Files.copy(Path.of("../../run"), hyphen.resolve("run"));
        checkout = folder;

        // When
        Running run = shell("bash -- -P/run --help");

        // Then
        assertThat(run.awaitEnd()).startsWith("Usage: ./run");
        assertThat(run.process.exitValue()).isZero();
    }

    @Test
    void aPortThatIsTakenIsSaidWithTheRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Running run = run("--port", Integer.toString(taken.getLocalPort()));

            assertThat(run.awaitEnd()).contains("Port " + taken.getLocalPort(), "taken", "--port");
            assertThat(run.process.exitValue()).isEqualTo(1);
        }
    }

    @Test
    void anUnknownOptionIsAnErrorOfItsOwnAndHelpIsNone() throws Exception {
        Running unknown = run("--prot", "1");
        assertThat(unknown.awaitEnd()).contains("--prot", "--help");
        assertThat(unknown.process.exitValue()).isEqualTo(2);

        Running benchmark = run("benchmark", "ingest", "--rounds", "none");
        assertThat(benchmark.awaitEnd()).contains("--rounds", "1 to 99");
        assertThat(benchmark.process.exitValue()).isEqualTo(2);

        Running help = run("--help");
        assertThat(help.awaitEnd()).contains("--port", "--fresh", "dependencies", "benchmark");
        assertThat(help.process.exitValue()).isZero();
    }

    @Test
    void aJavaThatIsTooOldIsSaid() throws Exception {
        // Given
        Path java = Files.createDirectories(checkout.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        // When
        Running run = shell("JAVA_HOME=old ./run");

        // Then
        assertThat(run.awaitEnd()).contains("Java 11", "17");
        assertThat(run.process.exitValue()).isEqualTo(1);
    }

    /** A process and what it has printed so far. */
    private record Running(Process process, Path log) {

        String output() throws IOException {
            return Files.readString(log);
        }

        String awaitEnd() throws IOException, InterruptedException {
            assertThat(process.waitFor(40, TimeUnit.SECONDS))
                    .as("has ended: %s", output())
                    .isTrue();
            return output();
        }
    }

    private Running run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./run"));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Running shell(String line) throws IOException {
        return start(List.of("bash", "-c", line));
    }

    private Running start(List<String> command) throws IOException {
        Path log = Files.createTempFile(checkout, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        return new Running(builder.start(), log);
    }
}
