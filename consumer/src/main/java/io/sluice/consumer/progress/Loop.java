package io.sluice.consumer.progress;

/** What the program does over and over, each on a thread of its own: take a batch from a topic, and be done with it. */
public enum Loop {
    /** Stores events. */
    MESSAGES("messages"),
    /** Shows dead letters in their table. */
    PROJECTION("projection");

    private final String channel;

    Loop(String channel) {
        this.channel = channel;
    }

    /** The name of its channel, in the configuration and in health. */
    public String channel() {
        return channel;
    }
}
