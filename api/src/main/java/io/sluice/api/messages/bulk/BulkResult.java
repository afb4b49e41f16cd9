package io.sluice.api.messages.bulk;

import io.sluice.api.http.problems.Problem;
import java.util.List;

/**
 * Outcome of many events that were posted at once.
 *
 * @param accepted events that Kafka has acknowledged or that were stored before
 * @param repeated of these, events that were stored before
 * @param refused events that cannot be taken as they are
 * @param acknowledgedThrough position up to which nothing is open: every event is accepted or refused, and need not be sent again
 * @param refusals the first {@value #MAX_REFUSALS} of those that are refused
 */
public record BulkResult(
        long accepted, long repeated, long refused, long acknowledgedThrough, List<Rejection> refusals) {

    static final int MAX_REFUSALS = 100;

    /**
     * An event that is refused.
     *
     * @param position of its line; the first has 1
     * @param problem that the event would have been answered with alone
     */
    record Rejection(long position, Problem problem) {}
}
