package io.sluice.api.topics;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.runtime.health.SharedQuestion;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.runtime.threads.NamedThreads;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jboss.logmanager.Logger;

/** Reports of the topics. However many ask, Kafka is asked once a second at most, by one thread. */
@ApplicationScoped
class TopicReports {

    private static final Logger LOG = Logger.getLogger(TopicReports.class.getName());

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private static final String UNKNOWN = "Kafka does not say where its topics are; try again later.";

    private final LogRateLimiter failedLines = new LogRateLimiter();

    /** A thread of no request: the answer goes to all. */
    private final ExecutorService questions = NamedThreads.singleDaemon("topic-reports");

    private final TopicReader reader;
    private final SharedQuestion<List<TopicReport>> question;

    TopicReports(TopicReader reader) {
        this.reader = reader;
        this.question = new SharedQuestion<>(() -> CompletableFuture.supplyAsync(this::ask, questions));
    }

    @PreDestroy
    void stop() {
        questions.shutdownNow();
    }

    /**
     * The topics that are there.
     *
     * @return within {@link #ANSWER_WITHIN}; fails with {@link ProblemCode#KAFKA_UNAVAILABLE}
     */
    Uni<List<TopicReport>> current() {
        return Uni.createFrom()
                .completionStage(() -> question.ask().copy())
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .fail()
                .onFailure()
                .transform(failure -> ProblemException.of(ProblemCode.KAFKA_UNAVAILABLE, UNKNOWN));
    }

    private List<TopicReport> ask() {
        try {
            return reader.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | RuntimeException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            LogLine.of("topics-unknown").with("reason", reason).write(LOG, failedLines);
            throw new CompletionException(reason);
        }
    }
}
