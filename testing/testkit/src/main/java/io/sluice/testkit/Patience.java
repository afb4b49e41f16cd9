package io.sluice.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** For what is promised to happen, and not when: a busy machine takes its time. */
public final class Patience {

    static final Duration LIMIT = Duration.ofSeconds(90);

    private Patience() {}

    /** Awaits something for 90 s at most; what is promised in less says so by {@code atMost}. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }
}
