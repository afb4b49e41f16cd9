package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static final Reports REPORTS = new Reports();
    private static Ports ports;
    private static StandInProject project;
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        project = StandInProject.in(folder);
        project.addOther("mailer", "Deployment");
        project.addOther("importer", "Job");
        ports = Ports.free();
        platform = Platform.start(settings(project.home(), ports, Map.of("TOPIC_PARTITIONS", "7")), REPORTS);
        await().atMost(LIMIT).until(() -> platform.worker().isReady());
        await().atMost(LIMIT).until(() -> platform.others().stream().allMatch(Program::isReady));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void programsGetTheirSettings() throws IOException {
        assertThat(settingsOf(platform.consumer()))
                .isEqualTo("development text %s %s 7"
                        .formatted(platform.postgres().url(), platform.kafka().bootstrapServers()));
    }

    @Test
    void partsThatDieAreReportedAndComeBackAtTheirPorts() throws IOException {
        // Given
        String kafka = platform.kafka().bootstrapServers();

        // When
        platform.api().kill();
        platform.kafka().kill();
        platform.postgres().kill();

        // Then
        await().atMost(LIMIT).until(() -> REPORTS.contains("recovered"));
        assertThat(REPORTS.said)
                .anyMatch(line -> line.startsWith("api was ended by SIGKILL. Its log, "))
                .anyMatch(line -> line.startsWith("Kafka was ended by SIGKILL. Its log, "))
                .anyMatch(line -> line.startsWith("PostgreSQL was ended by SIGKILL. Its log, "));
        assertThat(platform.kafka().isReady()).isTrue();
        assertThat(platform.postgres().isReady()).isTrue();
        assertThat(settingsOf(platform.api())).contains(kafka);
    }

    @Test
    void aPartThatIsStoppedStaysSoUntilItIsStarted() {
        // Given
        long before = platform.consumer().process().pid();

        // When
        platform.consumer().stop();

        // Then
        assertThatThrownBy(() -> platform.awaitReady(Duration.ofSeconds(1)))
                .isInstanceOf(StartFailure.class)
                .hasMessage("Not ready within 1 s: [consumer]");
        platform.consumer().start();
        platform.awaitReady(LIMIT);
        assertThat(platform.consumer().process().pid()).isNotEqualTo(before);
        assertThat(REPORTS.said).noneMatch(line -> line.startsWith("consumer "));
    }

    @Test
    void theWorkersReadinessIsNotThePlatforms() {
        // When
        platform.worker().stop();

        // Then
        platform.awaitReady(LIMIT);
        assertThat(platform.worker().isReady()).isFalse();
        platform.worker().start();
    }

    @Test
    void aProgramThatWasAddedIsStartedToo() throws IOException {
        // Given
        assertThat(platform.others()).extracting(Program::name).containsExactly("mailer");
        Program mailer = platform.others().get(0);

        // Then
        assertThat(settingsOf(mailer))
                .isEqualTo("development text %s %s 7"
                        .formatted(platform.postgres().url(), platform.kafka().bootstrapServers()));
        assertThat(mailer.log()).isEqualTo(project.home().resolve("logs/mailer.log"));
    }

    @Test
    void aWorkerThatDiesComesBack() {
        // Given
        long before = platform.worker().process().pid();

        // When
        platform.worker().kill();

        // Then
        await().atMost(LIMIT)
                .until(() -> platform.worker().isReady()
                        && platform.worker().process().pid() != before);
    }

    @Test
    void aSecondPlatformInTheSameFolderIsRefused() {
        assertThatThrownBy(
                        () -> Platform.start(settings(project.home(), Ports.free(), Map.of()), ProgressListener.SILENT))
                .isInstanceOf(StartFailure.class)
                .hasMessage(
                        "Sluice already runs in %s: %s (process %d). Stop it with Ctrl-C in its terminal, or with: kill %3$d",
                        project.home(),
                        platform.api().url(),
                        ProcessHandle.current().pid());
    }

    @Test
    void aTakenPortIsNamedWithTheRemedy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PlatformSettings settings = settings(folder.resolve("taken"), Ports.from(taken.getLocalPort()), Map.of());

            assertThatThrownBy(() -> Platform.start(settings, ProgressListener.SILENT))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage(
                            "Port %d, for the api, is taken by another program. Choose another one with --port.",
                            taken.getLocalPort());
        }
    }

    @Test
    void anInitJobThatFailsEndsTheStartAndLeavesTheDataAlone() throws IOException {
        // Given
        Path home = folder.resolve("failing");
        Path old = Files.createDirectories(home.resolve("data/old"));
        PlatformSettings settings = settings(home, Ports.free(), Map.of(StandInJob.EXIT, "4"));
        List<ProcessHandle> before = ChildProcesses.in(folder);
        assertThat(before)
                .contains(platform.kafka().process(), platform.postgres().process());

        // When
        assertThatThrownBy(() -> Platform.start(settings, ProgressListener.SILENT))

                // Then
                .isInstanceOf(StartFailure.class)
                .hasMessage(
                        "init-job ended with exit code 4. Its log, %s, ends:\n"
                                + "    | topics and schema are as they should be, or not",
                        home.resolve("logs/init-job.log"));
        assertThat(ChildProcesses.in(folder)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(home.resolve("state")).doesNotExist();
        assertThat(old).exists();
    }

    @Test
    void withoutMessagesThereIsNeitherKafkaNorAConsumer() throws IOException {
        // Given
        PlatformSettings settings = new PlatformSettings(
                folder, folder.resolve("alone"), RunMode.of("tasks"), Ports.free(), Map.of("TOPIC_PARTITIONS", "7"));

        // When
        try (Platform alone = Platform.start(settings, ProgressListener.SILENT)) {
            // Then
            alone.awaitReady(LIMIT);
            assertThat(settingsOf(alone.api()))
                    .isEqualTo(
                            "development text %s  7".formatted(alone.postgres().url()));
            assertThat(alone.kafka().isAlive()).isFalse();
            assertThat(alone.consumer().isAlive()).isFalse();
            await().atMost(LIMIT).until(() -> alone.worker().isAlive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "messages", "tasks, messages"})
    void withMessagesThereAreAllParts(String features) {
        assertThat(RunMode.of(features)).isEqualTo(RunMode.PLATFORM);
    }

    @Test
    void aFreshStartDropsTheData() throws IOException {
        // Given
        Path home = folder.resolve("fresh");
        Path old = Files.createDirectories(home.resolve("data/old"));
        PlatformSettings settings = new PlatformSettings(
                folder, home, RunMode.WITHOUT_MESSAGES, Ports.free(), Map.of(StandInJob.EXIT, "4"));

        // When
        assertThatThrownBy(() -> Platform.start(settings, ProgressListener.SILENT, true))
                .isInstanceOf(StartFailure.class);

        // Then
        assertThat(old).doesNotExist();
    }

    private static PlatformSettings settings(Path home, Ports ports, Map<String, String> environment) {
        return new PlatformSettings(folder, home, RunMode.PLATFORM, ports, environment);
    }

    private static String settingsOf(Program program) throws IOException {
        try (InputStream answer = program.url().resolve("/environment").toURL().openStream()) {
            return new String(answer.readAllBytes(), UTF_8);
        }
    }

    private static final class Reports implements ProgressListener {
        private final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void died(String what, Duration pause) {
            said.add(what);
        }

        @Override
        public void recovered() {
            said.add("recovered");
        }

        boolean contains(String text) {
            return said.contains(text);
        }
    }
}
