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

    /** Time that an answer of well serves; one of unwell is asked again at once. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Answer silence;
    private final Supplier<CompletableFuture<Answer>> question;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private CompletableFuture<Answer> open;

    /** Time of the last answer, in nanoseconds; guarded by this. */
    private long answered;

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
        this.question = question;
        this.nanoTime = nanoTime;
        this.last = silence;
        this.open = CompletableFuture.completedFuture(silence);
    }

    /** The answer, within a second whatever becomes of the question; never fails. */
    public Uni<Answer> answer() {
        return Uni.createFrom()
                .completionStage(() -> ask().copy())
                .ifNoItem()
                .after(ANSWER_WITHIN)
                // What was wrong before says more than silence.
                .recoverWithItem(() -> last.well ? silence : last);
    }

    private synchronized CompletableFuture<Answer> ask() {
        if (open.isDone() && !(last.well && nanoTime.getAsLong() - answered < FRESH.toNanos())) {
            open = CompletableFuture.completedFuture(question)
                    .thenCompose(Supplier::get)
                    .exceptionally(e -> new Answer(false, reason(e)))
                    .thenApply(this::remember);
        }
        return open;
    }

    private synchronized Answer remember(Answer answer) {
        last = answer;
        answered = nanoTime.getAsLong();
        return answer;
    }

    private static String reason(Throwable e) {
        if (e.getCause() != null) {
            return reason(e.getCause());
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
