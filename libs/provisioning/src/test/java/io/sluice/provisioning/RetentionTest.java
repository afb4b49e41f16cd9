package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.provisioning.Step.Kind;
import io.sluice.settings.Setting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetentionTest {

    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    private static final String WAITING =
            "from pg_stat_activity where application_name = 'sluice-provisioning' and wait_event_type = 'Lock'";

    Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(Servers.kafka());
        sandbox.provision();
        sandbox.with(Setting.RETENTION_DAYS, "7");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void deletesWhatWasStoredBeforeAndNothingElse() {
        // Given
        store(2_500, "7 days 1 minute");
        store(5, "6 days 23 hours 59 minutes");

        // When
        Plan plan = retain();

        // Then
        assertThat(plan.changes()).singleElement().satisfies(step -> {
            assertThat(step.kind()).isEqualTo(Kind.DELETE);
            assertThat(step.subject()).isEqualTo("table messages");
            assertThat(step.detail()).startsWith("2500 rows with stored_at before ");
        });
        assertThat(rows()).isEqualTo("5");
    }

    @Test
    void deletesOfDeadLettersThoseResolvedBefore() {
        // Given
        deadLetter("resolved long ago", "resolved", "now() - interval '8 days'");
        deadLetter("resolved just now", "resolved", "now() - interval '1 minute'");
        deadLetter("redriven", "redriven", "null");
        deadLetter("open", "open", "null");

        // When
        Plan plan = retain();

        // Then
        assertThat(plan.changes()).singleElement().satisfies(step -> {
            assertThat(step.subject()).isEqualTo("table dead_letters");
            assertThat(step.detail()).startsWith("1 row with resolved_at before ");
        });
        assertThat(sandbox.query("select string_agg(detail, ', ' order by detail) from dead_letters"))
                .isEqualTo("open, redriven, resolved just now");
        assertThat(sandbox.query("select count(*) from dead_letter_attempts")).isEqualTo("3");
    }

    @Test
    void hasNothingToDoASecondTime() {
        // Given
        store(1, "8 days");
        retain();
        // Until the server has noticed the end of its connection, a run holds its lock.
        await().until(() -> sandbox.query("select count(*) from pg_locks join pg_database d on d.oid = database "
                        + "where locktype = 'advisory' and datname = current_database()")
                .equals("0"));

        // When
        Plan plan = retain();

        // Then
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.toString())
                .containsPattern("unchanged +table messages +no row with stored_at before ")
                .endsWith("Nothing was to do.");
    }

    @Test
    void findsEveryRowWhereManyHaveOneTime() {
        // Given
        store(700, "9 days");
        store(2_500, "8 days");
        sandbox.execute("update messages set stored_at = (select max(stored_at) from messages)");

        // When
        retain();

        // Then
        assertThat(rows()).isEqualTo("0");
    }

    /** PostgreSQL believes a table without statistics to be small, and would sort all expired rows for each batch. */
    @Test
    void readsEachRowOnceWhereTheTableHasNoStatistics() {
        // Given
        sandbox.execute("alter table messages set (autovacuum_enabled = off)");
        store(20_000, "8 days");

        // When
        retain();

        // Then
        String read = "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'messages_newest'";
        await().untilAsserted(() -> assertThat(Long.parseLong(sandbox.query(read)))
                .as("entries read of the index")
                .isBetween(20_000L, 25_000L));
    }

    @Test
    void onlyCountsUnderADryRun() {
        // Given
        store(3, "8 days");
        Plan announced = new Plan(Plan.Mode.DRY_RUN);

        // When
        retention().run(announced);

        // Then
        assertThat(announced.toString())
                .containsPattern("^would delete +table messages +3 rows with stored_at before ")
                .endsWith("Dry run: 1 change would be made.");
        assertThat(rows()).isEqualTo("3");
    }

    @Test
    void leavesTheWorkToARunThatIsAtIt() throws SQLException {
        // Given
        store(2_000, "8 days");
        CompletableFuture<Plan> first;
        Plan second;
        try (Connection other = holdingRow(1_500)) {
            first = CompletableFuture.supplyAsync(this::retain, OWN_THREAD);
            await().until(this::isWaiting);

            // When
            second = retain();
            other.rollback();
        }

        // Then
        assertThat(second.steps())
                .containsExactly(new Step(Kind.UNCHANGED, "retention", "another run is at work: left to it"));
        assertThat(first.join().changes()).singleElement().satisfies(step -> assertThat(step.detail())
                .startsWith("2000 rows"));
    }

    @Test
    void tellsHowFarItCameWhenItIsBrokenOff() throws SQLException {
        // Given
        store(2_000, "8 days");
        Plan plan = new Plan(Plan.Mode.CARRY_OUT);
        CompletableFuture<Void> run;
        try (Connection other = holdingRow(1_500)) {
            run = CompletableFuture.runAsync(() -> retention().run(plan), OWN_THREAD);
            await().until(this::isWaiting);

            // When
            Sandbox.execute(Servers.postgres().adminUrl(), "select pg_terminate_backend(pid) " + WAITING);
            assertThat(run).failsWithin(Duration.ofSeconds(5));
            other.rollback();
        }

        // Then
        assertThat(run)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(ProvisioningException.class, e -> assertThat(e.component())
                        .isEqualTo(Component.DATABASE));
        assertThat(plan.toString()).startsWith("deleted  table messages  1000 rows");
        assertThat(rows()).isEqualTo("1000");
        assertThat(retain().toString()).containsPattern("^deleted +table messages +1000 rows");
    }

    @Test
    void saysThatTheSchemaIsMissing() {
        // Given
        Sandbox empty = new Sandbox(Servers.kafka());

        // When
        ProvisioningException failure =
                catchThrowableOfType(ProvisioningException.class, () -> new Retention(empty.settings(), Duration.ZERO)
                        .run(new Plan(Plan.Mode.CARRY_OUT)));

        // Then
        assertThat(failure.component()).isEqualTo(Component.DATABASE);
        assertThat(failure).hasMessageContaining("relation \"messages\" does not exist");
        empty.close();
    }

    private void store(int rows, String age) {
        sandbox.execute(
                """
                insert into messages (id, type, caller, time, payload, fingerprint, stored_at)
                select gen_random_uuid(), 'message', 'anonymous', now(), '1', sha256('1'),
                       now() - interval '%s' + number * interval '1 microsecond'
                from generate_series(1, %d) number
                """
                        .formatted(age, rows));
    }

    /** One that failed a year ago. */
    private void deadLetter(String detail, String state, String resolvedAt) {
        sandbox.execute(
                """
                with letter as (
                    insert into dead_letters (id, state, reason, detail, attempts, origin_topic, origin_partition, origin_offset,
                        header_keys, header_values, failed_at, last_failed_at, resolved_at, stored_at)
                    values (gen_random_uuid(), '%2$s', 'undecodable', '%1$s', 1, 'messages', 0, 0, '{}', '{}',
                        now() - interval '1 year', now() - interval '1 year', %3$s, now() - interval '1 year')
                    returning id)
                insert into dead_letter_attempts (id, dead_letter_id, reason, detail, origin_topic, origin_partition,
                    origin_offset, failed_at)
                select id, id, 'undecodable', '%1$s', 'messages', 0, 0, now() from letter
                """
                        .formatted(detail, state, resolvedAt));
    }

    private Retention retention() {
        return new Retention(sandbox.settings(), Duration.ZERO);
    }

    private Plan retain() {
        Plan plan = new Plan(Plan.Mode.CARRY_OUT);
        retention().run(plan);
        return plan;
    }

    private String rows() {
        return sandbox.query("select count(*) from messages");
    }

    /** Locks the row at this position by age, so that a delete of it waits. */
    private Connection holdingRow(int place) throws SQLException {
        Connection connection = sandbox.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "select 1 from messages where id = (select id from messages order by stored_at offset %d limit 1) for update"
                            .formatted(place));
        }
        return connection;
    }

    private boolean isWaiting() {
        return sandbox.query("select count(*) " + WAITING + " and datname = current_database()")
                .equals("1");
    }
}
