package io.sluice.consumer.retry;

import io.sluice.consumer.progress.Loop;

/** What can have to be waited for. */
public enum Dependency {
    /** PostgreSQL takes no events. */
    DATABASE("database", Loop.MESSAGES),
    /** The broker takes no dead letters. */
    DEAD_LETTERS("dead-letters", Loop.MESSAGES),
    /** PostgreSQL takes no dead letters. */
    PROJECTION("projection", Loop.PROJECTION);

    private final String label;
    private final Loop loop;

    Dependency(String label, Loop loop) {
        this.label = label;
        this.loop = loop;
    }

    /** The stable name, in logs, metrics and health. */
    public String label() {
        return label;
    }

    /** Who waits for it. */
    Loop loop() {
        return loop;
    }
}
