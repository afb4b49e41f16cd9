package io.sluice.worker.jobs;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order in which jobs are due, and the end of db-scheduler's row of each. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class JobSchedulerTest {

    private static final String PICKED = "select task_instance from scheduled_tasks where picked";

    private final Attempts attempts = new Attempts(System::nanoTime);
    private final DatabaseClock clock = new DatabaseClock();
    private final CountDownLatch proceed = new CountDownLatch(1);
    private final AgroalDataSource pool;
    private final JobRows rows;
    private JobScheduler scheduler;

    JobSchedulerTest(AgroalDataSource pool) {
        this.pool = pool;
        rows = new JobRows(pool);
    }

    @BeforeEach
    void empty() throws SQLException {
        rows.empty();
    }

    @AfterEach
    void stop() throws SQLException {
        proceed.countDown();
        scheduler.stop();
    }

    private void start(TestHandler.Work work) {
        JobRunner runner = new JobRunner(pool, attempts, new JobMetrics(new SimpleMeterRegistry()));
        scheduler = new JobScheduler(pool, List.of(new TestHandler(work)), List.of(), runner, attempts, clock, "me");
        scheduler.start();
    }

    @Test
    void jobsAreDoneSoonAndTheirRowsAreGone() throws SQLException {
        // Given
        start(job -> {});

        // When
        UUID one = rows.add();
        UUID other = rows.add();

        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(rows.texts("select task_instance from scheduled_tasks"))
                        .isEmpty());
        assertThat(rows.state(one)).isEqualTo("done 1 0 0");
        assertThat(rows.state(other)).isEqualTo("done 1 0 0");
    }

    @Test
    void aJobThatFailsIsDueAgainLater() throws SQLException {
        // Given
        start(job -> {
            if (job.attempt() == 1) {
                throw new IOException("broken pipe");
            }
        });

        // When
        UUID id = rows.add();

        // Then
        await().untilAsserted(() -> assertThat(rows.state(id)).isEqualTo("done 2 1 0"));
    }

    @Test
    void noMoreAreClaimedThanAreUnderWay() throws SQLException {
        // Given
        start(job -> proceed.await());

        // When
        for (int i = 0; i < 3 * JobScheduler.THREADS; i++) {
            rows.add();
        }

        // Then
        await().until(() -> attempts.count() == JobScheduler.THREADS);
        assertThat(rows.texts(PICKED)).hasSize(JobScheduler.THREADS);
    }

    @Test
    void whatIsDueIsSaidByTheClockOfPostgresql() throws SQLException {
        // Given
        UUID id = rows.add();
        rows.execute("update scheduled_tasks set execution_time = clock_timestamp() + interval '1 hour'");
        clock.set(Instant.now().plus(Duration.ofHours(2)));

        // When
        start(job -> {});

        // Then
        await().untilAsserted(() -> assertThat(rows.state(id)).isEqualTo("done 1 0 0"));
    }

    @Test
    void jobsOfFeaturesThatAreDisabledWait() throws SQLException {
        // Given
        UUID unknown = rows.add();
        rows.execute("update scheduled_tasks set task_name = 'of-a-later-version'");

        // When
        start(job -> {});
        UUID known = rows.add();

        // Then
        await().untilAsserted(() -> assertThat(rows.state(known)).isEqualTo("done 1 0 0"));
        assertThat(rows.state(unknown)).isEqualTo("queued 0 0 0");
        assertThat(rows.texts("select task_name from scheduled_tasks")).containsExactly("of-a-later-version");
    }

    @Test
    void aJobThatOnlyLooksDeadIsLeftToItsThread() throws Exception {
        // Given: PostgreSQL was away for a while, so that there was no heartbeat
        start(job -> proceed.await());
        UUID id = rows.add();
        await().until(() -> attempts.count() == 1);
        rows.execute("update scheduled_tasks set last_heartbeat = clock_timestamp() - interval '1 minute'");

        // When
        await().until(() ->
                rows.texts("select 1 from scheduled_tasks where last_heartbeat > clock_timestamp() - interval '9 s'")
                                .size()
                        == 1);
        proceed.countDown();

        // Then
        await().untilAsserted(() -> assertThat(rows.state(id)).isEqualTo("done 1 0 0"));
    }
}
