package io.sluice.consumer.intake;

/** What a batch goes through, one after the other. */
enum Phase {
    /** Records become events. */
    DECODE("decode"),
    /** PostgreSQL stores them. */
    STORE("store"),
    /** The broker takes what cannot be stored. */
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
