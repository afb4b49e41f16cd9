package io.sluice.consumer.intake;

import java.util.concurrent.CompletableFuture;

/**
 * Results of the two halves of a batch.
 *
 * @param first of the events of one half of all keys
 * @param second of the others, or the same as the first where the batch was not divided
 */
record Halves(CompletableFuture<Outcome> first, CompletableFuture<Outcome> second) {

    static final Halves NOTHING = undivided(CompletableFuture.completedFuture(Outcome.NOTHING));

    static Halves undivided(CompletableFuture<Outcome> whole) {
        return new Halves(whole, whole);
    }

    /** The result of the batch. */
    CompletableFuture<Outcome> both() {
        return first == second ? first : first.thenCombine(second, Outcome::plus);
    }
}
