package io.sluice.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Awaitility with a timeout that a busy machine does not exceed. */
public final class Await {

    static final Duration TIMEOUT = Duration.ofSeconds(90);

    private Await() {}

    /** Awaits a condition for up to 90 s; a test of a shorter bound sets it with {@code atMost}. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(TIMEOUT);
    }
}
