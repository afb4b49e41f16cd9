package io.sluice.worker.jobs;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.jobs.TestHandler.Work;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attempt, and what becomes of its job. The program around it has no handler, and so leaves the jobs alone. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class JobRunnerTest {

    private static final Work WELL = job -> {};

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanoTime = new AtomicLong();
    private final Attempts attempts = new Attempts(nanoTime::get);
    private final JobRows rows;
    private final JobRunner runner;
    private final JobRunner otherWorker;

    JobRunnerTest(AgroalDataSource pool) {
        rows = new JobRows(pool);
        runner = new JobRunner(pool, attempts, new JobMetrics(registry));
        otherWorker = new JobRunner(pool, new Attempts(nanoTime::get), new JobMetrics(new SimpleMeterRegistry()));
    }

    @BeforeEach
    void empty() throws SQLException {
        rows.empty();
    }

    private Optional<Duration> run(UUID id, Work work) throws Exception {
        return runner.run(new TestHandler(work), id);
    }

    private double retries(String cause) {
        return registry.get("sluice.worker.jobs.retries")
                .tag("type", "image-analysis")
                .tag("cause", cause)
                .counter()
                .count();
    }

    @Test
    void aJobIsDoneTogetherWithItsResult() throws Exception {
        // Given
        UUID id = rows.add();

        // When
        Optional<Duration> pause = run(id, job -> {
            assertThat(rows.state(id)).isEqualTo("running 1 0 0");
            assertThat(job.subject()).isEqualTo(id);
        });

        // Then
        assertThat(pause).isEmpty();
        assertThat(rows.state(id)).isEqualTo("done 1 0 0");
        assertThat(rows.results(id)).containsExactly("attempt 1");
        assertThat(registry.get("sluice.worker.jobs.done")
                        .tag("type", "image-analysis")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatHasEndedIsNotDoneAgain() throws Exception {
        // Given
        UUID id = rows.add();
        run(id, WELL);

        // When
        Optional<Duration> pause = run(id, WELL);

        // Then
        assertThat(pause).isEmpty();
        assertThat(rows.state(id)).isEqualTo("done 1 0 0");
        assertThat(rows.results(id)).hasSize(1);
    }

    @Test
    void whatRetentionHasDeletedHasEnded() throws Exception {
        assertThat(run(UUID.randomUUID(), WELL)).isEmpty();
    }

    @Test
    void aFailureIsRetriedAfterAPauseThatGrows() throws Exception {
        // Given
        UUID id = rows.add();
        Work fails = job -> {
            throw new IOException("broken pipe");
        };

        // When
        Duration first = run(id, fails).orElseThrow();
        run(id, fails);
        Duration third = run(id, fails).orElseThrow();

        // Then
        assertThat(first).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(third).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(rows.state(id)).isEqualTo("queued 3 3 0 broken pipe");
        assertThat(retries("failure")).isEqualTo(3);

        // When
        run(id, WELL);

        // Then
        assertThat(rows.state(id)).isEqualTo("done 4 3 0");
        assertThat(rows.results(id)).containsExactly("attempt 4");
    }

    @Test
    void theFifthFailureIsTheLast() throws Exception {
        // Given
        UUID id = rows.add();
        Work fails = job -> {
            throw new StackOverflowError();
        };
        for (int failure = 1; failure < JobRunner.MAX_FAILURES; failure++) {
            assertThat(run(id, fails)).isPresent();
        }

        // When
        Optional<Duration> pause = run(id, fails);

        // Then: the owner is not told what only operators understand
        assertThat(pause).isEmpty();
        assertThat(rows.state(id)).isEqualTo("failed 5 5 0 It failed 5 times, the last time with: StackOverflowError");
        assertThat(rows.results(id)).containsExactly("It failed 5 times by a fault that the worker's log tells.");
        assertThat(registry.get("sluice.worker.jobs.failed")
                        .tag("type", "image-analysis")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatNoRetryCanHelpIsGivenUpAtOnce() throws Exception {
        // Given
        UUID id = rows.add();

        // When
        Optional<Duration> pause = run(id, job -> {
            throw new PermanentJobException("The image is truncated.");
        });

        // Then
        assertThat(pause).isEmpty();
        assertThat(rows.state(id)).isEqualTo("failed 1 1 0 The image is truncated.");
        assertThat(rows.results(id)).containsExactly("The image is truncated.");
    }

    @Test
    void theOwnerIsToldOfASubjectThatFailsAlone() throws Exception {
        // Given
        UUID id = rows.add();
        Work fails = job -> {
            throw new SuspectJobException("the heap got full", "too-complex", "The document is too complex.");
        };
        for (int failure = 1; failure < JobRunner.MAX_FAILURES; failure++) {
            assertThat(run(id, fails)).isPresent();
        }

        // When
        Optional<Duration> pause = run(id, fails);

        // Then
        assertThat(pause).isEmpty();
        assertThat(rows.state(id)).isEqualTo("failed 5 5 0 It failed 5 times, the last time with: the heap got full");
        assertThat(rows.results(id)).containsExactly("The document is too complex.");
    }

    @Test
    void whatHasFailedIsTriedAgainAlone() throws Exception {
        // Given
        UUID failed = rows.add();
        run(failed, job -> {
            throw new IOException("perhaps for want of memory");
        });
        UUID beside = rows.add();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        Thread other = started(beside, job -> {
            begun.countDown();
            ends.await();
        });
        begun.await();

        // When
        Thread again = started(failed, job -> assertThat(rows.state(beside)).startsWith("done"));

        // Then
        await().until(() -> again.getState() == Thread.State.WAITING);
        ends.countDown();
        other.join();
        again.join();
        assertThat(rows.state(failed)).isEqualTo("done 2 1 0");
    }

    private Thread started(UUID id, Work work) {
        Thread thread = new Thread(() -> {
            try {
                run(id, work);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void whatGoesOnDoesNotHang() throws Exception {
        // Given
        UUID id = rows.add();

        // When
        run(id, job -> {
            nanoTime.addAndGet(Duration.ofMinutes(9).toNanos());
            attempts.goesOn(job);
            nanoTime.addAndGet(Duration.ofMinutes(9).toNanos());

            // Then
            assertThat(attempts.stuck()).isEmpty();

            // When
            nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());

            // Then
            assertThat(attempts.stuck()).contains(job);
        });
        assertThat(rows.state(id)).isEqualTo("done 1 0 0");
    }

    @Test
    void anOutageIsRetriedForAsLongAsItTakes() throws Exception {
        // Given
        UUID id = rows.add();

        // When
        for (int i = 1; i <= 2 * JobRunner.MAX_FAILURES; i++) {
            assertThat(run(id, job -> {
                        throw new OutageException("the model server does not answer", new IOException());
                    }))
                    .isPresent();
        }

        // Then
        assertThat(rows.state(id)).isEqualTo("queued 10 0 0 the model server does not answer");
        assertThat(retries("outage")).isEqualTo(10);
    }

    @Test
    void aLostConnectionOfTheHandlerIsAnOutageToo() throws Exception {
        // Given
        UUID id = rows.add();

        // When
        run(id, job -> {
            throw new IllegalStateException(new SQLException("connection refused", "08001"));
        });

        // Then
        assertThat(rows.state(id)).isEqualTo("queued 1 0 0 08001 connection refused");
    }

    @Test
    void aResultThatPostgresqlRefusesIsAFailureAndLeavesNothing() throws Exception {
        // Given
        UUID id = rows.add();
        rows.execute("alter table results add check (text not like 'attempt%')");

        // When
        Optional<Duration> pause = run(id, WELL);

        // Then
        assertThat(pause).isPresent();
        assertThat(rows.state(id)).startsWith("queued 1 1 0 23514");
        assertThat(rows.results(id)).isEmpty();
    }

    @Test
    void aTableThatIsMissingDoesNotHoldTheThread() throws Exception {
        // Given
        UUID id = rows.add();
        rows.execute("drop table results");

        // When
        Optional<Duration> done = run(id, WELL);
        Optional<Duration> givenUp = run(id, job -> {
            throw new PermanentJobException("no");
        });

        // Then
        assertThat(done).isPresent();
        assertThat(givenUp).isPresent();
        assertThat(rows.state(id)).startsWith("queued 2 0 0 42P01");
    }

    @Test
    void aStartWithoutAnEndIsADeath() throws Exception {
        // Given: an attempt whose worker is gone
        UUID id = rows.add();
        rows.execute("update jobs set state = 'running', attempt = 1");

        // When
        run(id, WELL);

        // Then
        assertThat(rows.state(id)).isEqualTo("done 2 0 1");
        assertThat(rows.results(id)).containsExactly("attempt 2");
        assertThat(retries("death")).isEqualTo(1);
    }

    @Test
    void twoDeathsAreEnough() throws Exception {
        // Given
        UUID id = rows.add();
        rows.execute("update jobs set state = 'running', attempt = 2, deaths = 1");

        // When
        Optional<Duration> pause = run(id, job -> {
            throw new AssertionError("is run");
        });

        // Then
        String reason = "The worker died 2 times while it was at work on this.";
        assertThat(pause).isEmpty();
        assertThat(rows.state(id)).isEqualTo("failed 3 0 2 " + reason);
        assertThat(rows.results(id)).containsExactly(reason);
    }

    @Test
    void anAttemptThatWasTakenForDeadHasNoEffect() throws Exception {
        // Given
        UUID id = rows.add();

        // When: as a worker does that is stopped for longer than its heartbeat may be old
        run(id, first -> otherWorker.run(new TestHandler(WELL), id));

        // Then: the second one counts, and the first did not die
        assertThat(rows.state(id)).isEqualTo("done 2 0 1");
        assertThat(rows.results(id)).containsExactly("attempt 2");
    }

    @Test
    void anAttemptThatWasTakenForDeadIsNoDeathOnceItEnds() throws Exception {
        // Given
        UUID id = rows.add();

        // When: the first ends while the second is under way
        run(id, first -> rows.execute("update jobs set attempt = 2, deaths = 1"));

        // Then
        assertThat(rows.state(id)).isEqualTo("running 2 0 0");
        assertThat(rows.results(id)).isEmpty();
    }

    @Test
    void aFaultInGivingUpLosesNothing() throws Exception {
        // Given
        UUID id = rows.add();
        rows.execute("alter table results add check (text <> 'no')");

        // When
        Optional<Duration> pause = run(id, job -> {
            throw new PermanentJobException("no");
        });

        // Then
        assertThat(pause).isPresent();
        assertThat(rows.state(id)).startsWith("queued 1 1 0 23514");
    }

    @Test
    void whatIsUnderWayIsGivenBackWhenTheProgramStops() throws Exception {
        // Given
        UUID id = rows.add();
        rows.execute("update scheduled_tasks set picked = true, picked_by = 'me', execution_time = '2000-01-01'");
        UUID ofAnother = rows.add();
        rows.execute("update scheduled_tasks set picked = true, picked_by = 'you' where task_instance = '%s'"
                .formatted(ofAnother));

        // When
        Optional<Duration> pause = run(id, job -> {
            runner.stop();
            assertThat(runner.giveBackAll("me")).isEqualTo(1);
            throw new InterruptedException();
        });

        // Then
        assertThat(pause).contains(Duration.ZERO);
        assertThat(rows.state(id)).isEqualTo("queued 1 0 0");
        assertThat(
                        rows.texts(
                                """
                        select concat_ws(' ', picked, picked_by, version) from scheduled_tasks
                         where execution_time > '2000-01-02' order by picked"""))
                .containsExactly("f 2", "t you 1");
        assertThat(run(ofAnother, WELL)).as("nothing is started then").contains(Duration.ZERO);
        assertThat(rows.state(ofAnother)).isEqualTo("queued 0 0 0");
    }

    @Test
    void whatHangsCountsAsADeathWhenItIsGivenBack() throws Exception {
        // Given
        UUID id = rows.add();

        // When
        run(id, job -> {
            nanoTime.addAndGet(Duration.ofMinutes(11).toNanos());
            assertThat(attempts.stuck()).contains(job);
            runner.stop();
            runner.giveBackAll("me");
        });

        // Then
        assertThat(rows.state(id)).isEqualTo("queued 1 0 1");
        assertThat(attempts.count()).isZero();
    }

    @Test
    void whatPostgresqlRefusesToKnowIsTold() throws Exception {
        // Given
        UUID id = rows.add();
        rows.execute("alter table jobs add constraint refused check (state <> 'running')");

        // When and then
        try {
            assertThatThrownBy(() -> run(id, WELL)).isInstanceOf(SQLException.class);
            assertThat(rows.state(id)).isEqualTo("queued 0 0 0");
        } finally {
            rows.execute("alter table jobs drop constraint refused");
        }
    }
}
