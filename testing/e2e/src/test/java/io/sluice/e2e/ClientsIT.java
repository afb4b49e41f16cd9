package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testkit.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs of {@code examples/clients} lose nothing and double nothing, whatever stands between them and the api. */
class ClientsIT {

    private static final Path CLIENTS = Path.of("../..", "examples", "clients");

    private final Client client = Sluice.client();
    private final String key = "clients-" + UUID.randomUUID();

    @TempDir
    Path folder;

    private enum Language {
        CURL("bash", "sluice.sh"),
        JAVA(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Sluice.java"),
        PYTHON("python3", "sluice.py"),
        TYPESCRIPT("node", "sluice.mts");

        private final String interpreter;
        private final String program;

        Language(String interpreter, String program) {
            this.interpreter = interpreter;
            this.program = program;
        }

        boolean isInstalled() {
            return switch (this) {
                case CURL, JAVA -> true;
                case PYTHON -> succeeds("python3", "--version");
                case TYPESCRIPT -> succeeds("node", "-e", "process.exit(process.features.typescript ? 0 : 1)");
            };
        }

        private static boolean succeeds(String... command) {
            try {
                return new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException notInstalled) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventIsRepeatedUnderItsKeyUntilItIsTakenAndStoredOnce(Language language) throws Exception {
        assumeTrue(language.isInstalled(), language + " is not installed");
        try (FaultyFront front = FaultyFront.with(FaultyFront.Fault.ANSWER_LOST, FaultyFront.Fault.TOO_MANY)) {
            // When
            Run run = run(language, front.address(), "post", key, "{\"key\":\"%s\",\"payload\":1.50}".formatted(key));

            // Then
            assertThat(run.exitCode()).as(run.err()).isZero();
            String id = Client.json(run.out()).get("id").textValue();
            assertThat(client.read(id).text()).contains("\"payload\":1.50");
            assertThat(client.types(key)).hasSize(1);
            assertThat(front.requests()).extracting(FaultyFront.Request::key).containsExactly(key, key, key);
            assertThat(front.between(1, 2)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRefusedIsNotRepeated(Language language) throws Exception {
        assumeTrue(language.isInstalled(), language + " is not installed");
        try (FaultyFront front = FaultyFront.with()) {
            // When
            Run run = run(language, front.address(), "post", key, "{\"key\":1,\"payload\":1}");

            // Then
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("must be a string");
            assertThat(front.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsGoneOnWithBehindTheLineUpToWhichAllIsAcknowledged(Language language) throws Exception {
        // Given
        assumeTrue(language.isInstalled(), language + " is not installed");
        List<String> lines = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            lines.add("{\"id\":\"%s\",\"key\":\"%s\",\"type\":\"t%d\",\"payload\":1}"
                    .formatted(UUID.randomUUID(), key, number));
        }
        lines.set(3, "{\"key\":1}");
        Path file = Files.write(folder.resolve("events.ndjson"), lines);
        try (FaultyFront front = FaultyFront.with(FaultyFront.Fault.BROKEN_OFF, FaultyFront.Fault.ANSWER_LOST)) {
            // When
            Run run = run(language, front.address(), "bulk", file.toString());

            // Then
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out() + run.err()).contains("The request breaks 2 rules");
            List<String> rest = lines.subList(FaultyFront.LINES, lines.size());
            assertThat(front.requests())
                    .extracting(request -> request.body().lines().toList())
                    .containsExactly(lines, rest, rest);
            await().untilAsserted(() -> assertThat(client.types(key)).containsExactly("t1", "t2", "t3", "t5"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsGoneOnWithAfterABreakAndAfterARestart(Language language) throws Exception {
        // Given
        assumeTrue(language.isInstalled(), language + " is not installed");
        String position = folder.resolve("position").toString();
        try (TcpProxy proxy = TcpProxy.start(0, Sluice.api().getPort())) {
            URI address = URI.create("http://" + proxy.address());
            String[] follow = {"follow", position, "key=" + key};
            try (Run run = start(language, address, follow)) {
                await().until(() -> Files.exists(Path.of(position)));
                post("t1");
                await().untilAsserted(() -> assertThat(types(run)).containsExactly("t1"));

                // When
                proxy.cut();
                post("t2");
                await().until(() -> run.err().contains("again in"));
                proxy.heal();

                // Then
                await().untilAsserted(() -> assertThat(types(run)).containsExactly("t1", "t2"));
            }

            // When
            post("t3");
            try (Run run = start(language, address, follow)) {
                // Then
                await().untilAsserted(() -> assertThat(types(run)).containsExactly("t3"));
            }
        }
    }

    private void post(String type) {
        assertThat(client.post("{\"key\":\"%s\",\"type\":\"%s\",\"payload\":{\"total\": 99.50}}".formatted(key, type))
                        .status())
                .isEqualTo(202);
    }

    /** Of whole lines. */
    private static List<String> types(Run run) {
        String out = run.out();
        return out.substring(0, out.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> Client.json(line).get("type").textValue())
                .toList();
    }

    private Run run(Language language, URI api, String... arguments) throws Exception {
        Run run = start(language, api, arguments);
        assertThat(run.process().waitFor(60, TimeUnit.SECONDS)).as(run.err()).isTrue();
        return run;
    }

    private Run start(Language language, URI api, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(language.interpreter, CLIENTS.resolve(language.program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SLUICE_URL", api.toString());
        // Java compiles the program each time.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Path out = Files.createTempFile(folder, "client", ".out");
        Path err = Files.createTempFile(folder, "client", ".err");
        return new Run(
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    }

    /** A client at work, or at its end. */
    private record Run(Process process, Path outFile, Path errFile) implements AutoCloseable {

        int exitCode() {
            return process.exitValue();
        }

        String out() {
            return read(outFile);
        }

        String err() {
            return read(errFile);
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }
}
