package io.sluice.local;

/** Parts of Sluice that are started. */
public enum RunMode {
    /** Kafka, PostgreSQL and the three programs. */
    PLATFORM,
    /** Kafka and PostgreSQL, with topics and schema, for programs in development mode. */
    DEPENDENCIES
}
