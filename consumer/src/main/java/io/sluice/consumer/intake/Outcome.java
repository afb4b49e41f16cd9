package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of storing events.
 *
 * @param stored number of events stored now
 * @param duplicates number of events that were stored already
 * @param rejected events that cannot be stored
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
