package io.sluice.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.pollinterval.IterativePollInterval;

/** Awaitility with a timeout that a busy machine does not exceed, and with short pauses at first: most of what is awaited is soon so. */
public final class Await {

    static final Duration TIMEOUT = Duration.ofSeconds(90);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private Await() {}

    /** Awaits a condition for up to 90 s; a test of a shorter bound sets it with {@code atMost}. */
    public static ConditionFactory await() {
        return Awaitility.await()
                .atMost(TIMEOUT)
                .pollDelay(FIRST_PAUSE)
                .pollInterval(IterativePollInterval.iterative(Await::longer, FIRST_PAUSE));
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
