package io.sluice.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.database.Sql;
import io.sluice.api.database.Texts;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.JobType;
import io.sluice.testkit.SluiceServers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class JobsTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final UUID subject = UUID.randomUUID();
    private final Sql sql;
    private final Jobs jobs;

    JobsTest(Sql sql) {
        this.sql = sql;
        this.jobs = new Jobs(new JobBacklog());
    }

    @BeforeEach
    void empty() {
        texts("with tasks as (delete from scheduled_tasks) delete from jobs returning id::text");
    }

    private List<String> texts(String query) {
        return Texts.of(sql, query);
    }

    private UUID add(Jobs to) {
        return sql.inTransaction(transaction -> to.add(transaction, JobType.IMAGE_ANALYSIS, subject, TRACEPARENT));
    }

    @Test
    void aJobIsDueAtOnce() {
        // When
        UUID id = add(jobs);

        // Then
        assertThat(
                        texts(
                                "select concat_ws(' ', id, type, subject, state, attempt, failures, deaths, traceparent) from jobs"))
                .containsExactly("%s image-analysis %s queued 0 0 0 %s".formatted(id, subject, TRACEPARENT));
        assertThat(
                        texts(
                                """
                        select concat_ws(' ', task_name, task_instance, picked, version) from scheduled_tasks
                         where execution_time <= clock_timestamp()"""))
                .containsExactly("image-analysis %s f 1".formatted(id));
    }

    @Test
    void aSubjectMayHaveJobAfterJob() {
        assertThat(add(jobs)).isNotEqualTo(add(jobs));

        assertThat(texts("select task_instance from scheduled_tasks")).hasSize(2);
    }

    @Test
    void aTransactionThatIsRolledBackLeavesNoJob() {
        assertThatThrownBy(() -> sql.inTransaction(transaction -> {
                    jobs.add(transaction, JobType.IMAGE_ANALYSIS, subject, null);
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");

        assertThat(texts("select id::text from jobs union all select task_instance from scheduled_tasks"))
                .isEmpty();
    }

    @Test
    void whatWaitsIsBounded() {
        // Given
        AtomicLong nanoTime = new AtomicLong();
        Jobs bounded = new Jobs(new JobBacklog(2, nanoTime::get));
        add(bounded);
        add(bounded);

        // When
        nanoTime.addAndGet(1_000_000_000);

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> add(bounded))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.OVERLOADED);
                    assertThat(problem.getMessage())
                            .isEqualTo(
                                    "2 jobs wait for the worker, and no more can; nothing was changed. Try again later.");
                    assertThat(problem.headers()).containsEntry("Retry-After", "10");
                });
        assertThat(texts("select id::text from jobs")).hasSize(2);

        // When: one is finished
        texts(
                """
                update jobs set state = 'done', finished_at = clock_timestamp()
                 where id = (select id from jobs limit 1) returning id::text""");

        // Then: they are counted once a second
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> add(bounded));
        nanoTime.addAndGet(1_000_000_000);
        add(bounded);
    }
}
