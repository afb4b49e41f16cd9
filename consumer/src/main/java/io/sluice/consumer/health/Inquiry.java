package io.sluice.consumer.health;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * A question to somebody who may not answer. All who ask while it is open share it, so that one that hangs is one that hangs,
 * however often the probes come; who asks soon after all was well is told so without another; and each of them has an answer in time.
 */
final class Inquiry {

    /** Less than the second that a probe waits by default. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(800);

    /** For how long what is well is taken to be so still; what is not is asked again at once. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final Answer NO_ANSWER = new Answer(false, "no answer within " + ANSWER_WITHIN.toMillis() + " ms");

    private final String name;
    private final Supplier<CompletableFuture<Answer>> question;

    /** Guarded by this. */
    private CompletableFuture<Answer> open = CompletableFuture.completedFuture(NO_ANSWER);

    private final LongSupplier nanoTime;

    /** When the last answer came; guarded by this. */
    private long answered;

    private volatile Answer last = NO_ANSWER;

    /**
     * What was answered.
     *
     * @param well whether all is well
     * @param detail what there is to say about it; names no secret
     */
    record Answer(boolean well, String detail) {}

    Inquiry(String name, Supplier<CompletableFuture<Answer>> question) {
        this(name, question, System::nanoTime);
    }

    Inquiry(String name, Supplier<CompletableFuture<Answer>> question, LongSupplier nanoTime) {
        this.name = name;
        this.question = question;
        this.nanoTime = nanoTime;
    }

    /** The answer as a check's response; never fails. */
    Uni<HealthCheckResponse> response() {
        return Uni.createFrom()
                .completionStage(() -> ask().copy())
                .ifNoItem()
                .after(ANSWER_WITHIN)
                // What was wrong before says more than silence.
                .recoverWithItem(() -> last.well ? NO_ANSWER : last)
                .map(this::response);
    }

    private synchronized CompletableFuture<Answer> ask() {
        if (open.isDone() && !(last.well && nanoTime.getAsLong() - answered < FRESH.toNanos())) {
            open = question.get()
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
        return e.getCause() == null ? String.valueOf(e.getMessage()) : reason(e.getCause());
    }

    private HealthCheckResponse response(Answer answer) {
        return HealthCheckResponse.named(name)
                .status(answer.well)
                .withData("detail", answer.detail)
                .build();
    }
}
