package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the development guide, with the lines that {@code ./run dependencies} prints. */
@Tag("slow")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DevModeIT {

    private static final Path PROBLEM_CODES = Path.of("api/src/main/java/io/sluice/api/http/problems/ProblemCode.java");
    private static final Path EVENT_ID = Path.of("libs/contract/src/main/java/io/sluice/contract/EventId.java");

    @TempDir
    private Path dependencies;

    @TempDir
    private Path sources;

    private final int port = FreePort.find();
    private final Client client = new Client(URI.create("http://127.0.0.1:" + port));
    private final List<ProcessHandle> processes = new ArrayList<>();

    @BeforeEach
    void makeCheckouts() throws IOException {
        Checkout.link(dependencies);
        Checkout.copySources(sources);
    }

    @Test
    void whatIsEditedIsSeenThroughHttp() throws IOException {
        try (Terminal servers = Terminal.open(dependencies, Map.of(), "./run dependencies --port " + twoFreePorts())) {
            String said = servers.awaitOutput("Ctrl-C stops it");
            assertThat(said)
                    .contains(dependencies.toRealPath().resolve(".sluice/logs").toString());
            try (Terminal api = Terminal.open(sources, developer(), linesFor("api", said))) {
                api.awaitOutput("Live Coding activated");
                awaitSeen(() -> client.get("/health/ready").status() == 200);
                processes.addAll(servers.processes());
                processes.addAll(api.processes());

                anEditOfTheApiIsSeen();
                anEditOfTheContractIsSeen();
            }
        }
        assertThat(processes).hasSizeGreaterThan(5).noneMatch(ProcessHandle::isAlive);
    }

    private void anEditOfTheApiIsSeen() throws IOException {
        String missing = "/api/v1/messages/" + UUID.randomUUID();
        Answer before = client.get(missing);
        assertThat(before.status()).isEqualTo(404);
        String title = before.json().get("title").textValue();

        edit(PROBLEM_CODES, '"' + title + '"', "\"" + title + ", as edited\"");

        awaitSeen(() -> client.get(missing).json().get("title").textValue().equals(title + ", as edited"));
    }

    /** The namespace decides which id an Idempotency-Key stands for. */
    private void anEditOfTheContractIsSeen() throws IOException {
        String id = postedId();
        assertThat(postedId()).isEqualTo(id);

        edit(EVENT_ID, "(IDEMPOTENCY_KEYS, name)", "(new UUID(0, 0), name)");

        awaitSeen(() -> !postedId().equals(id));
    }

    private String postedId() {
        Answer posted = client.post("{\"payload\":1}", "Idempotency-Key", "dev-mode");
        assertThat(posted.status()).isEqualTo(202);
        return posted.id();
    }

    private void edit(Path file, String from, String to) throws IOException {
        String source = Files.readString(sources.resolve(file));
        assertThat(source).containsOnlyOnce(from);
        Files.writeString(sources.resolve(file), source.replace(from, to));
    }

    /** Quarkus answers, or not, while it compiles. */
    private static void awaitSeen(Callable<Boolean> change) {
        await().ignoreExceptionsMatching(AssertionError.class::isInstance).until(change);
    }

    /**
     * The lines that a user types who reads what {@code ./run dependencies} prints; and Maven does with what is there already, and does not check
     * again what it has checked.
     */
    private static String linesFor(String program, String said) {
        return said.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("export ") || line.contains("quarkus:dev -pl " + program))
                        .collect(Collectors.joining("\n"))
                + " --offline" + mavenOption("-s ", "sluice.maven.settings")
                + mavenOption("-Dmaven.repo.local=", "sluice.maven.repository")
                + " -Ddebug=false -Dchecks=false";
    }

    private static String mavenOption(String option, String property) {
        String path = System.getProperty(property, "");
        return !path.isEmpty() && Files.exists(Path.of(path)) ? " " + option + "'" + path + "'" : "";
    }

    private Map<String, String> developer() {
        return Map.of(
                "HTTP_PORT", Integer.toString(port),
                "MANAGEMENT_PORT", Integer.toString(FreePort.find()),
                "QUARKUS_ANALYTICS_DISABLED", "true");
    }

    /** The first of two that follow each other. */
    private static int twoFreePorts() {
        int first = FreePort.find();
        return FreePort.isFree(first + 1) ? first : twoFreePorts();
    }
}
