package io.sluice.consumer.progress;

/** A loop of the program, with a thread of its own, that processes the batches of one topic. */
public enum Loop {
    /** Stores events. */
    MESSAGES("messages"),
    /** Projects dead letters into their tables. */
    PROJECTION("projection");

    private final String channel;

    Loop(String channel) {
        this.channel = channel;
    }

    /** The name of its channel in configuration and health. */
    public String channel() {
        return channel;
    }
}
