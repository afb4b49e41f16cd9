package io.sluice.api.deadletters;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The outcome of sending a dead letter again. */
enum Outcome {
    /** Kafka has acknowledged it. */
    SENT,
    /** It was not handed to Kafka. */
    NOT_ACCEPTED,
    /** Kafka has not acknowledged it, and may have it. */
    OUTCOME_UNKNOWN;

    /** The name in the table, in the log and in the metrics. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one that a failure to publish is. */
    static Outcome of(ProblemCode failure) {
        return failure == ProblemCode.NOT_ACCEPTED ? NOT_ACCEPTED : OUTCOME_UNKNOWN;
    }

    /**
     * The problem of a request that wanted so many sent, of which these have failed.
     *
     * @param failed the first is named
     */
    ProblemException problem(List<UUID> failed, int all) {
        return this == NOT_ACCEPTED
                ? ProblemException.of(
                        ProblemCode.NOT_ACCEPTED,
                        "Of %d dead letters %d were not handed to Kafka; redrive them again."
                                .formatted(all, failed.size()),
                        failed.get(0))
                : ProblemException.of(
                        ProblemCode.OUTCOME_UNKNOWN,
                        ("Of %d dead letters Kafka has not acknowledged %d in time. Redrive them again: then they are"
                                        + " stored once, whatever became of this attempt.")
                                .formatted(all, failed.size()),
                        failed.get(0));
    }
}
