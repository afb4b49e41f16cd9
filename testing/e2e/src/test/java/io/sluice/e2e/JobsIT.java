package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.JobType;
import io.sluice.local.PostgresServer;
import io.sluice.local.Program;
import io.sluice.local.StartFailure;
import io.sluice.testkit.OutboxRows;
import io.sluice.testkit.Servers;
import io.sluice.testkit.Suspension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packaged workers that are killed, stopped and told to end while they are at work: of each job one result stands. */
class JobsIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    /** The age at which a heartbeat is too old, the time between two looks, and some for the machine. */
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(25);

    private static final Pattern GRANT = Pattern.compile("(?m)^(grant [^;]*) to [^;]*\\bsluice_worker;");

    @TempDir
    static Path folder;

    private static PostgresServer postgres;
    private static OutboxRows database;

    private final UUID subject = UUID.randomUUID();

    @BeforeAll
    static void start() throws SQLException, IOException {
        postgres = PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), Map.of());
        Map<String, String> settings =
                Map.of("FEATURES", "images", "KAFKA_BOOTSTRAP_SERVERS", "", "DATABASE_URL", postgres.url());
        Servers.provision(settings);
        database = new OutboxRows(postgres.url());
        database.execute("create table test_jobs (subject uuid primary key, work text not null)");
        database.execute("create table test_results (subject uuid, attempt int, result text)");
        makeTheRoleOfTheGuide();
    }

    /** With the rights that the guide names, and those on the handler's tables. */
    private static void makeTheRoleOfTheGuide() throws SQLException, IOException {
        new OutboxRows(postgres.adminUrl()).execute("create role sluice_worker login password 'sluice_worker'");
        Matcher grants = GRANT.matcher(Files.readString(PROJECT.resolve("docs/guides/connections.md")));
        while (grants.find()) {
            database.execute(grants.group(1) + " to sluice_worker");
        }
        database.execute("grant select on test_jobs to sluice_worker");
        database.execute("grant insert on test_results to sluice_worker");
    }

    /** A job that a failed test has left would keep the workers of those behind it. */
    @AfterEach
    void dropJobs() throws SQLException {
        database.execute("delete from scheduled_tasks");
        database.execute("delete from jobs");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Program worker(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        String url = postgres.url().replace("sluice:sluice@", "sluice_worker:sluice_worker@");
        return Program.start(PROJECT, "testing/worker", own, Map.of("DATABASE_URL", url));
    }

    /** As the api does. */
    private static void order(UUID subject, String work) throws SQLException {
        database.execute("insert into test_jobs values ('%s', '%s')".formatted(subject, work));
        database.execute(
                """
                with job as (insert into jobs (id, type, subject) values ('%1$s', '%2$s', '%3$s') returning type, id)
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                select type, id, clock_timestamp(), false, 1 from job"""
                        .formatted(UUID.randomUUID(), JobType.IMAGE_ANALYSIS.code(), subject));
    }

    private void awaitState(String state) {
        await().until(() -> texts("select state || ' ' || attempt from jobs where subject = '%s'".formatted(subject))
                .equals(List.of(state)));
    }

    private List<String> results() throws SQLException {
        return texts("select result || ' ' || attempt from test_results where subject = '%s'".formatted(subject));
    }

    private static List<String> texts(String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    @Test
    void ofAWorkerThatIsKilledAnotherTakesOver() throws Exception {
        try (Program killed = worker("killed");
                Program other = startedWhenBusy(killed)) {
            // When
            killed.kill();
            Instant since = Instant.now();
            proceed();

            // Then
            awaitState("done 2");
            assertThat(Duration.between(since, Instant.now())).isLessThan(TAKEN_OVER_WITHIN);
            assertThat(results()).containsExactly("done 2");
            assertThat(deaths()).containsExactly("1");
            assertThat(other.isReady()).isTrue();
        }
    }

    /** Another worker, once the first is at work on a job that waits. */
    private Program startedWhenBusy(Program first) throws Exception {
        assertThat(first.isReady()).isTrue();
        order(subject, "wait");
        awaitState("running 1");
        return worker("another-" + subject);
    }

    private void proceed() throws SQLException {
        database.execute("update test_jobs set work = '' where subject = '%s'".formatted(subject));
    }

    private List<String> deaths() throws SQLException {
        return texts("select deaths::text from jobs where subject = '%s'".formatted(subject));
    }

    @Test
    @Tag("matrix")
    void ofAWorkerThatIsStoppedPastItsHeartbeatNothingStands() throws Exception {
        try (Program first = worker("stopped");
                Program other = startedWhenBusy(first)) {
            // Given
            Suspension stopped = new Suspension(first.process());
            stopped.begin();
            try {
                awaitState("running 2");
            } finally {
                stopped.end();
            }

            // When: both come to an end
            proceed();

            // Then: it had not died
            awaitState("done 2");
            await().until(() ->
                    log(first).contains("job-superseded") && log(first).contains("attempt=1"));
            assertThat(results()).containsExactly("done 2");
            assertThat(other.isReady()).isTrue();
        }
    }

    private static String log(Program program) throws IOException {
        return Files.readString(program.log());
    }

    @Test
    @Tag("slow")
    void aJobThatKillsItsWorkersIsGivenUpAndTheOthersAreDone() throws Exception {
        // Given: some at work beside it; and its workers are started again, as by an orchestrator
        List<UUID> others = Stream.generate(UUID::randomUUID).limit(4).toList();
        order(subject, "die");
        for (UUID other : others) {
            order(other, "sleep");
        }

        // When
        for (int start = 1; !state().startsWith("failed"); start++) {
            assertThat(start).isLessThan(5);
            try (Program worker = worker("dying-" + start)) {
                await().until(() -> !worker.isAlive() || state().startsWith("failed"));
            } catch (StartFailure died) {
                assertThat(state()).startsWith("running");
            }
        }

        // Then
        assertThat(state()).isEqualTo("failed 3");
        assertThat(results()).containsExactly("The worker died 2 times while it was at work on this. 3");
        try (Program worker = worker("last")) {
            for (UUID other : others) {
                await().until(() -> texts("select state from jobs where subject = '%s'".formatted(other))
                        .equals(List.of("done")));
            }
            assertThat(worker.isAlive()).isTrue();
        }
    }

    private String state() throws SQLException {
        return texts("select state || ' ' || attempt from jobs where subject = '%s'".formatted(subject))
                .get(0);
    }

    @Test
    void aWorkerThatIsToldToEndGivesBackWhatItIsAt() throws Exception {
        try (Program ended = worker("ended");
                Program other = startedWhenBusy(ended)) {
            // When
            ended.stop();

            // Then: it was not taken for dead, which would count as a death
            awaitState("running 2");
            proceed();
            awaitState("done 2");
            assertThat(results()).containsExactly("done 2");
            assertThat(deaths()).containsExactly("0");
            assertThat(log(ended)).contains("jobs-given-back count=1");
            assertThat(other.isReady()).isTrue();
        }
    }

    @Test
    void whilePostgresqlIsAwayNothingIsGivenUp() throws Exception {
        try (Program worker = worker("patient")) {
            // Given
            assertThat(worker.isReady()).isTrue();
            order(subject, "sleep");
            awaitState("running 1");

            // When
            postgres.kill();
            await().until(() -> new Client(worker.url()).get("/health/ready").status() == 503);
            postgres.start();

            // Then
            await().until(() -> state().startsWith("done"));
            assertThat(results()).hasSize(1);
            assertThat(deaths()).containsExactly("0");
        }
    }
}
