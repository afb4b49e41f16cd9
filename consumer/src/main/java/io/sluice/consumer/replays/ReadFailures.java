package io.sluice.consumer.replays;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Counts the failures to read a page, one after the other. Between two of them the replay is claimed, so that PostgreSQL answers, and it is the
 * page that cannot be read: as one with a damaged row, which must not hold up for ever what is behind it.
 */
final class ReadFailures {

    /** Failures after which a page counts as one that can never be read; with the pauses between them some 20 s. */
    static final int MAX = 8;

    private @Nullable UUID replay;
    private int count;

    /** Counts one; true if it is the last that is waited for. */
    boolean isLast(UUID failed) {
        count = failed.equals(replay) ? count + 1 : 1;
        replay = failed;
        return count >= MAX;
    }

    /** Begins anew: a page was read, or PostgreSQL is away. */
    void forget() {
        replay = null;
        count = 0;
    }
}
