package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.contract.Topic;
import io.sluice.e2e.Client.Answer;
import io.sluice.local.Program;
import io.sluice.testkit.Records;
import io.sluice.testkit.Suspension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens around the consumer, it waits, says why, and goes on: nothing is lost, doubled or given up. */
class FaultsIT {

    /** The longest pause between two attempts, and time for one. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** The time for which a fault goes on after it was noticed, as in {@code -Dsluice.faults.last=PT10M}. */
    private static final Duration LASTING = Duration.parse(System.getProperty("sluice.faults.last", "PT0S"));

    /** After which a connection is given up on which nothing comes. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(25);

    /** A session of 6 s that has to end, and the ten seconds after which PostgreSQL ends a transaction that does nothing. */
    private static final Duration TAKEOVER = Duration.ofSeconds(40);

    /** For each of the consumer's two loops: when it has found the broker again, and if its session was over. */
    private static final double MOST_REBALANCES = 4;

    @TempDir
    static Path folder;

    private static Testbed testbed;
    private static Client consumer;

    private Table table;
    private ProcessHandle process;

    @BeforeAll
    static void start() {
        testbed = new Testbed(folder, Map.of());
        consumer = new Client(testbed.consumer().url());
    }

    @AfterAll
    static void stop() {
        testbed.close();
    }

    @BeforeEach
    void beginWell() {
        table = new Table(testbed.databaseUrl());
        process = testbed.consumer().process();
        awaitReady();
    }

    @AfterEach
    void endWell() {
        awaitReady();
        assertThat(testbed.consumer().process()).as("the process").isEqualTo(process);
        assertThat(new Records(testbed.kafka().bootstrapServers(), Topic.DEAD_LETTERS.name("")).all())
                .as("dead letters")
                .isEmpty();
    }

    /** One of each kind: an end, a refusal and silence of the database, and an end of the broker. */
    @ParameterizedTest
    @EnumSource(names = {"DATABASE_KILLED", "RIGHTS_REVOKED", "DATABASE_SILENT", "KAFKA_CUT_OFF"})
    void isWaitedOutAndNothingIsLost(Fault fault) {
        assertWaitedOutAndNothingLost(fault);
    }

    @Tag("matrix")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DATABASE_KILLED", "RIGHTS_REVOKED", "DATABASE_SILENT", "KAFKA_CUT_OFF"})
    void isWaitedOutAndNothingIsLostEither(Fault fault) {
        assertWaitedOutAndNothingLost(fault);
    }

    private void assertWaitedOutAndNothingLost(Fault fault) {
        // Given
        testbed.awaitConsumers(1);
        double rebalances = rebalances();
        try (Poster poster = Poster.start(testbed.api().url())) {
            poster.awaitSomeMore();
            try {
                // When
                fault.inflict(testbed);
                poster.awaitSomeMore();

                // Then
                awaitUnready(fault.reason());
                await().during(LASTING).atMost(LASTING.plus(SOON)).untilAsserted(FaultsIT::assertAlive);
            } finally {
                fault.heal(testbed);
            }
            poster.awaitSomeMore();
            poster.stop();
            poster.awaitStored(table, SOON.plus(LASTING.dividedBy(10)));
            poster.assertAllStoredOnce(table);
        }
        assertThat(rebalances() - rebalances)
                .as("rebalances")
                .isBetween(0.0, fault.mayRebalance() ? MOST_REBALANCES : 0.0);
    }

    @Test
    void aSlowNetworkSlowsDownAndNothingElse() {
        // Given
        Duration delay = Duration.ofMillis(100);
        try (Poster poster = Poster.start(testbed.api().url())) {
            poster.awaitSomeMore();

            // When
            testbed.database().delay(delay);
            testbed.kafkaOfConsumer().delay(delay);
            poster.awaitSomeMore();
            poster.awaitStored(table, SOON);

            // Then
            assertAlive();
            testbed.database().heal();
            testbed.kafkaOfConsumer().heal();
            poster.stop();
            poster.awaitStored(table, SOON);
            poster.assertAllStoredOnce(table);
        }
    }

    @Test
    void connectionsThatTheNetworkHasForgottenAreGivenUpInTime() {
        // Given
        assumeTrue(LASTING.compareTo(SOCKET_TIMEOUT) > 0, "takes as long as a socket's timeout");
        try (Poster poster = Poster.start(testbed.api().url())) {
            poster.awaitSomeMore();

            // When
            testbed.database().halfOpen();
            poster.awaitSomeMore();
            poster.stop();

            // Then
            poster.awaitStored(table, SOCKET_TIMEOUT.plus(SOON));
            poster.assertAllStoredOnce(table);
        } finally {
            testbed.database().heal();
        }
    }

    @Test
    @Tag("matrix")
    void aBrokerThatIsKilledTakesUpWhereItWas() {
        // Given
        try (Poster before = Poster.start(testbed.api().url())) {
            before.awaitSomeMore();
            before.stop();

            // When
            testbed.kafka().kill();
            awaitUnready("topics");
            assertAlive();
            testbed.kafka().start();

            // Then
            before.awaitStored(table, SOON);
            before.assertAllStoredOnce(table);
        }
        awaitReady();
        await().atMost(SOON)
                .until(() ->
                        new Client(testbed.api().url()).post("{\"payload\":1}").status() == 202);
        try (Poster after = Poster.start(testbed.api().url())) {
            after.awaitSomeMore();
            after.stop();
            after.awaitStored(table, SOON);
            after.assertAllStoredOnce(table);
        }
    }

    @Test
    void aConsumerThatSleepsInABatchUntilAnotherHasTakenItDoublesNothing() throws Exception {
        // Given
        Suspension sleep = new Suspension(process);
        try (Poster poster = Poster.start(testbed.api().url())) {
            poster.awaitSomeMore();
            try (Connection other = testbed.administrator();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("lock table messages in share row exclusive mode");
                await().until(this::aBatchWaits);

                // When
                sleep.begin();
                other.rollback();
            }
            Program second = testbed.startConsumer(folder.resolve("second"));
            try {
                poster.awaitStored(table, TAKEOVER);
                sleep.end();
                poster.awaitSomeMore();
                testbed.awaitConsumers(2);
                poster.awaitSomeMore();
                poster.stop();

                // Then
                poster.awaitStored(table, SOON);
                poster.assertAllStoredOnce(table);
                assertAlive();
            } finally {
                sleep.end();
                second.close();
            }
        }
    }

    @Test
    void aDiskThatIsFullIsWaitedFor() throws Exception {
        // Given
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m,mode=0777", "none", disk.toString()),
                "needs root, to mount a small disk");
        try (Poster poster = Poster.start(testbed.api().url())) {
            testbed.administer(
                    "create tablespace small location '%s'".formatted(Files.createDirectory(disk.resolve("space"))),
                    "alter table messages set tablespace small");
            poster.awaitSomeMore();

            // When
            fill(disk.resolve("filler"));

            // Then
            awaitUnready("waits for database: 53100");
            assertAlive();
            poster.awaitSomeMore();

            // When
            Files.delete(disk.resolve("filler"));
            poster.awaitSomeMore();
            poster.stop();

            // Then
            poster.awaitStored(table, SOON);
            poster.assertAllStoredOnce(table);
        } finally {
            testbed.administer("alter table messages set tablespace pg_default", "drop tablespace if exists small");
            run("umount", disk.toString());
        }
    }

    private boolean aBatchWaits() throws SQLException {
        try (Connection connection = testbed.administrator();
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery(
                            "select 1 from pg_stat_activity where application_name = 'sluice-consumer' and wait_event_type = 'Lock'")
                    .next();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(megabyte);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException {
        return new ProcessBuilder(command).start().onExit().join().exitValue() == 0;
    }

    private static void awaitReady() {
        await().atMost(SOON.multipliedBy(2)).until(() -> readiness().status() == 200);
    }

    private static void awaitUnready(String reason) {
        await().atMost(SOON).untilAsserted(() -> {
            Answer answer = readiness();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains(reason);
        });
    }

    private static void assertAlive() {
        assertThat(consumer.get("/health/live").status()).isEqualTo(200);
    }

    private static Answer readiness() {
        return consumer.get("/health/ready");
    }

    private static double rebalances() {
        return Exposition.of(testbed.consumer().metrics()).sum("kafka_consumer_coordinator_rebalance_total");
    }
}
