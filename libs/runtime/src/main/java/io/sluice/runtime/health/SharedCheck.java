package io.sluice.runtime.health;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * A check of a server that may not answer. All callers share the question that is under way, and an answer that all is well serves
 * for a second: however often probes and people come, one question is open, and one a second is asked. Each caller has an answer in
 * time.
 */
public final class SharedCheck {

    /** Less than the second that a probe waits by default. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(800);

    private final Answer silence;

    /** An answer of unwell serves nobody else: it is asked again at once. */
    private final SharedQuestion<Answer> question;

    private volatile Answer last;

    /**
     * An answer.
     *
     * @param well whether all is well
     * @param detail what there is to say about it; names no secret
     */
    public record Answer(boolean well, String detail) {

        /** The answer as the response of a health check of this name. */
        public HealthCheckResponse response(String check) {
            return HealthCheckResponse.named(check)
                    .status(well)
                    .withData("detail", detail)
                    .build();
        }
    }

    /**
     * Asks nothing yet.
     *
     * @param server name of the server that is asked, for people
     * @param question asks it once
     */
    public SharedCheck(String server, Supplier<CompletableFuture<Answer>> question) {
        this(server, question, System::nanoTime);
    }

    SharedCheck(String server, Supplier<CompletableFuture<Answer>> question, LongSupplier nanoTime) {
        this.silence = new Answer(false, server + " did not answer within " + ANSWER_WITHIN.toMillis() + " ms");
        this.question = new SharedQuestion<>(() -> remembered(question), Answer::well, nanoTime);
        this.last = silence;
    }

    /** The answer, within a second whatever becomes of the question; never fails. */
    public Uni<Answer> answer() {
        return Uni.createFrom()
                .completionStage(() -> question.ask().copy())
                .ifNoItem()
                .after(ANSWER_WITHIN)
                // What was wrong before says more than silence.
                .recoverWithItem(() -> last.well ? silence : last);
    }

    private CompletableFuture<Answer> remembered(Supplier<CompletableFuture<Answer>> asked) {
        return CompletableFuture.completedFuture(asked)
                .thenCompose(Supplier::get)
                .exceptionally(e -> new Answer(false, reason(e)))
                .thenApply(this::remember);
    }

    private Answer remember(Answer answer) {
        last = answer;
        return answer;
    }

    private static String reason(Throwable e) {
        if (e.getCause() != null) {
            return reason(e.getCause());
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
