package io.sluice.consumer.intake;

/** The phases of a batch, in order. */
enum Phase {
    /** Records become events. */
    DECODE("decode"),
    /** PostgreSQL stores the events. */
    STORE("store"),
    /** The broker acknowledges the dead letters. */
    DEAD_LETTERS("dead-letters");

    private final String label;

    Phase(String label) {
        this.label = label;
    }

    /** The stable name, in metrics. */
    String label() {
        return label;
    }
}
