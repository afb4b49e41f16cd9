package io.sluice.settings;

/** Layout of each topic on the brokers. */
public final class TopicLayoutSettings {

    private final int partitions;
    private final short replicationFactor;

    /** Reads them. */
    public TopicLayoutSettings(Environment environment) {
        partitions = environment.number(Setting.TOPIC_PARTITIONS);
        replicationFactor = (short) environment.number(Setting.TOPIC_REPLICATION_FACTOR);
    }

    /** Number of partitions. */
    public int partitions() {
        return partitions;
    }

    /** Number of brokers that keep each record. */
    public short replicationFactor() {
        return replicationFactor;
    }
}
