package io.sluice.contract;

/** The topics. Sizes nest: a record that fits on one fits, with what the next adds to it, on the next. */
public enum Topic {
    /** Events that clients posted. */
    MESSAGES("messages", EventLimits.MAX_PAYLOAD_BYTES + (64 << 10)),
    /** Events that could not be stored, with the reason. */
    DEAD_LETTERS("dead-letters", EventLimits.MAX_PAYLOAD_BYTES + (128 << 10));

    private final String baseName;
    private final int maxMessageBytes;

    Topic(String baseName, int maxMessageBytes) {
        this.baseName = baseName;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * The topic's name on the broker.
     *
     * @param prefix put before the name as it is; may be empty
     */
    public String name(String prefix) {
        return prefix + baseName;
    }

    /** The topic's {@code max.message.bytes}. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }
}
