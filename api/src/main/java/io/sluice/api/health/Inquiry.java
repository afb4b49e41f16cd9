package io.sluice.api.health;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A question to somebody who may not answer. All who ask while it is open share it, and who asks soon after all was well is told so
 * without another: however often probes and people come, one question is under way, and one a second is asked. Each of them has an
 * answer in time.
 */
final class Inquiry {

    /** Less than the second that a probe waits by default. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(800);

    /** For how long what is well is taken to be so still; what is not is asked again at once. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Answer silence;
    private final Supplier<CompletableFuture<Answer>> question;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private CompletableFuture<Answer> open;

    /** When the last answer came; guarded by this. */
    private long answered;

    private volatile Answer last;

    /**
     * What was answered.
     *
     * @param well whether all is well
     * @param detail what there is to say about it; names no secret
     */
    record Answer(boolean well, String detail) {}

    /**
     * Asks nothing yet.
     *
     * @param whom for people
     */
    Inquiry(String whom, Supplier<CompletableFuture<Answer>> question) {
        this(whom, question, System::nanoTime);
    }

    Inquiry(String whom, Supplier<CompletableFuture<Answer>> question, LongSupplier nanoTime) {
        this.silence = new Answer(false, whom + " did not answer within " + ANSWER_WITHIN.toMillis() + " ms");
        this.question = question;
        this.nanoTime = nanoTime;
        this.last = silence;
        this.open = CompletableFuture.completedFuture(silence);
    }

    /** The answer, within a second whatever becomes of the question; never fails. */
    Uni<Answer> answer() {
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
        return e.getCause() == null ? e.toString() : reason(e.getCause());
    }
}
