package io.sluice.consumer.intake;

/** What the intake can have to wait for. */
public enum Part {
    /** PostgreSQL takes no events. */
    DATABASE("database"),
    /** The broker takes no dead letters. */
    DEAD_LETTERS("dead-letters");

    private final String label;

    Part(String label) {
        this.label = label;
    }

    /** The stable name, in logs, metrics and health. */
    public String label() {
        return label;
    }
}
