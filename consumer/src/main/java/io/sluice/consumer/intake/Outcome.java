package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of some events.
 *
 * @param stored how many are stored now that were not before
 * @param doubled how many had been stored already
 * @param rejected those that cannot be stored
 */
record Outcome(int stored, int doubled, List<DeadLetter> rejected) implements StoreResult {

    static final Outcome NOTHING = new Outcome(0, 0, List.of());

    Outcome plus(Outcome other) {
        return new Outcome(
                stored + other.stored,
                doubled + other.doubled,
                Stream.concat(rejected.stream(), other.rejected.stream()).toList());
    }
}
