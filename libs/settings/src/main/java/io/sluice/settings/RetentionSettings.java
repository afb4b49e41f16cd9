package io.sluice.settings;

import java.time.Duration;

/** Retention of records on the topics and of rows in the tables. */
public final class RetentionSettings {

    private final Duration retention;

    /** Reads it. */
    public RetentionSettings(Environment environment) {
        retention = Duration.ofDays(environment.number(Setting.RETENTION_DAYS));
    }

    /** Time that records and rows are kept; whole days. */
    public Duration retention() {
        return retention;
    }
}
