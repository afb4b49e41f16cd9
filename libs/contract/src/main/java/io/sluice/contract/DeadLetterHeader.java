package io.sluice.contract;

/**
 * Headers that a dead letter's record adds to those of the record that failed. That record's own key, value and headers are
 * kept as they were.
 */
public enum DeadLetterHeader {
    /** The dead letter's id; see {@link EventId#ofDeadLetter}. */
    ID("sluice_dead_letter_id"),
    /**
     * The id of this failure, UUID version 5 as well: the dead letter's own at the first, another after each redrive that
     * fails again. However often a failure is on the topic, it is one.
     */
    ATTEMPT_ID("sluice_dead_letter_attempt_id"),
    /** {@link DeadLetterReason#code()}. */
    REASON("sluice_dead_letter_reason"),
    /** One sentence for people, without anything of the payload. */
    DETAIL("sluice_dead_letter_detail"),
    /** The name of the topic that the record lay on. */
    ORIGIN_TOPIC("sluice_origin_topic"),
    /** Its partition, in decimal. */
    ORIGIN_PARTITION("sluice_origin_partition"),
    /** Its offset, in decimal. */
    ORIGIN_OFFSET("sluice_origin_offset");

    private final String key;

    DeadLetterHeader(String key) {
        this.key = key;
    }

    /** The header's key on the record. */
    public String key() {
        return key;
    }
}
