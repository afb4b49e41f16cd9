package io.sluice.consumer.retry;

import io.sluice.consumer.progress.Loop;

/** A dependency that a retry waits for. */
public enum Dependency {
    /** PostgreSQL, to store events. */
    DATABASE("database", Loop.MESSAGES),
    /** The broker, to publish dead letters. */
    DEAD_LETTERS("dead-letters", Loop.MESSAGES),
    /** PostgreSQL, to store dead letters. */
    PROJECTION("projection", Loop.PROJECTION);

    private final String label;
    private final Loop loop;

    Dependency(String label, Loop loop) {
        this.label = label;
        this.loop = loop;
    }

    /** The stable name in logs, metrics and health. */
    public String label() {
        return label;
    }

    /** The loop that waits for it. */
    Loop loop() {
        return loop;
    }
}
