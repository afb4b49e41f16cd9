package io.sluice.api.messages.bulk;

import io.sluice.api.http.problems.Problem;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.messages.post.IdempotentPublisher;
import io.sluice.contract.Fingerprint;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/** Counts those of many events that need not be published. */
final class BulkTally {

    /** The first of them, by their positions. */
    private final NavigableMap<Long, Problem> refusals = new TreeMap<>();

    private long refused;
    private long repeated;

    /**
     * Takes note of an event that is refused or stored already.
     *
     * @param stored fingerprints of events, by their ids
     * @return whether it is one of these; if not, it is to be published
     */
    boolean settles(BulkEvent event, Map<UUID, Fingerprint> stored) {
        if (event instanceof BulkEvent.Bad bad) {
            refuse(bad.position(), bad.problem());
            return true;
        }
        BulkEvent.Good good = (BulkEvent.Good) event;
        Fingerprint fingerprint = stored.get(good.event().id());
        if (fingerprint == null) {
            return false;
        }
        if (IdempotentPublisher.isRepeat(good.event(), fingerprint)) {
            repeated++;
        } else {
            refuse(good.position(), IdempotentPublisher.conflict(good.event()));
        }
        return true;
    }

    /** Takes note of an event that is refused; those of one body need not come in their order. */
    void refuse(long position, ProblemException problem) {
        refused++;
        if (refusals.size() < BulkResult.MAX_REFUSALS || position < refusals.lastKey()) {
            refusals.put(position, problem.problem());
        }
        if (refusals.size() > BulkResult.MAX_REFUSALS) {
            refusals.pollLastEntry();
        }
    }

    /** The number of events that are refused. */
    long refused() {
        return refused;
    }

    /**
     * The result for all.
     *
     * @param acknowledged how many Kafka has acknowledged
     * @param through position up to which nothing is open
     */
    BulkResult result(long acknowledged, long through) {
        return new BulkResult(
                acknowledged + repeated,
                repeated,
                refused,
                through,
                refusals.entrySet().stream()
                        .map(rejection -> new BulkResult.Rejection(rejection.getKey(), rejection.getValue()))
                        .toList());
    }
}
