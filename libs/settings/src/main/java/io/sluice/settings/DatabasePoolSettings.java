package io.sluice.settings;

/** Pool of connections to the database. */
public final class DatabasePoolSettings {

    private final int size;

    /** Reads it. */
    public DatabasePoolSettings(Environment environment) {
        size = environment.number(Setting.DATABASE_POOL_SIZE);
    }

    /** Number of connections that the program holds at most. */
    public int size() {
        return size;
    }
}
