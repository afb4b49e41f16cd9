package io.sluice.local;

import java.util.List;

/** Parts of Sluice that are started. */
public enum RunMode {
    /** Kafka, PostgreSQL and the programs. */
    PLATFORM,
    /** PostgreSQL, init-job, api and worker: without the feature messages nothing needs Kafka. */
    WITHOUT_MESSAGES,
    /** Kafka and PostgreSQL, with topics and schema, for programs in development mode. */
    DEPENDENCIES;

    /** Mode of a run with these features, as the variable {@code FEATURES} names them. */
    static RunMode of(String features) {
        boolean all = features.isEmpty() || features.equals("all");
        return all || List.of(features.split(" *, *", -1)).contains("messages") ? PLATFORM : WITHOUT_MESSAGES;
    }
}
