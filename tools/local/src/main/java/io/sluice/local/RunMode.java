package io.sluice.local;

/** How much of Sluice is started. */
public enum RunMode {
    /** Kafka, PostgreSQL and the three programs. */
    PLATFORM,
    /** Kafka and PostgreSQL, with topics and schema, for programs in development mode. */
    DEPENDENCIES
}
