package io.sluice.consumer.health;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * A question to somebody who may not answer. All who ask while it is open share it, so that one that hangs is one that hangs,
 * however often the probes come; and each of them has an answer in time.
 */
final class Inquiry {

    /** Less than the second that a probe waits by default. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(800);

    private static final Answer NO_ANSWER = new Answer(false, "no answer within " + ANSWER_WITHIN.toMillis() + " ms");

    private final String name;
    private final Supplier<CompletableFuture<Answer>> question;

    /** Guarded by this. */
    private CompletableFuture<Answer> open = CompletableFuture.completedFuture(NO_ANSWER);

    private volatile Answer last = NO_ANSWER;

    /**
     * What was answered.
     *
     * @param well whether all is well
     * @param detail what there is to say about it; names no secret
     */
    record Answer(boolean well, String detail) {}

    Inquiry(String name, Supplier<CompletableFuture<Answer>> question) {
        this.name = name;
        this.question = question;
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
        if (open.isDone()) {
            open = question.get()
                    .exceptionally(e -> new Answer(false, reason(e)))
                    .thenApply(this::remember);
        }
        return open;
    }

    private Answer remember(Answer answer) {
        last = answer;
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
