package io.sluice.runtime.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question to a server. All who ask share the one that is under way, and an answer serves for a second: however often they come,
 * one question is open, and one a second is asked.
 *
 * @param <T> the answers
 */
public final class SharedQuestion<T> {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<CompletableFuture<T>> question;
    private final Predicate<T> serves;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private @Nullable CompletableFuture<T> open;

    /** The time until which the last answer serves, in nanoseconds; guarded by this. */
    private long freshUntil;

    /**
     * Asks nothing yet.
     *
     * @param question asks it once; where it fails, it is asked again by whoever comes next
     */
    public SharedQuestion(Supplier<CompletableFuture<T>> question) {
        this(question, answer -> true, System::nanoTime);
    }

    /**
     * Asks nothing yet.
     *
     * @param serves true for an answer that others may have, too
     */
    SharedQuestion(Supplier<CompletableFuture<T>> question, Predicate<T> serves, LongSupplier nanoTime) {
        this.question = question;
        this.serves = serves;
        this.nanoTime = nanoTime;
    }

    /** The answer, which comes when it does, or fails as the question does. To be copied before it is completed. */
    public synchronized CompletableFuture<T> ask() {
        if (open == null || (open.isDone() && freshUntil - nanoTime.getAsLong() <= 0)) {
            open = CompletableFuture.completedFuture(question)
                    .thenCompose(Supplier::get)
                    .whenComplete(this::remember);
        }
        return open;
    }

    private synchronized void remember(@Nullable T answer, @Nullable Throwable failure) {
        long now = nanoTime.getAsLong();
        freshUntil = failure == null && answer != null && serves.test(answer) ? now + FRESH.toNanos() : now;
    }
}
