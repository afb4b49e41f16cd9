package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of some events.
 *
 * @param stored how many are stored now that were not before
 * @param duplicates how many had been stored already
 * @param rejected those that cannot be stored
 */
record Outcome(int stored, int duplicates, List<DeadLetter> rejected) implements StoreResult {

    static final Outcome NOTHING = new Outcome(0, 0, List.of());

    Outcome plus(Outcome other) {
        return new Outcome(
                stored + other.stored,
                duplicates + other.duplicates,
                Stream.concat(rejected.stream(), other.rejected.stream()).toList());
    }
}
