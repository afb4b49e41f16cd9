package io.sluice.api.messages.stream;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Records that a reader was to be shown and cannot be.
 *
 * @param reason why, as it stands in the event
 * @param lost what is lost, by partition
 */
record Gap(String reason, List<Lost> lost) {

    /** The topic was deleted and made anew. */
    static final String TOPIC_REPLACED = "topic-replaced";

    /** The topic has deleted records: its retention is over, or somebody has. */
    static final String RECORDS_DELETED = "records-deleted";

    /** The topic ends before the position: a broker has lost records, or the position is none of this topic. */
    static final String TOPIC_TRUNCATED = "topic-truncated";

    /**
     * Offsets of a partition.
     *
     * @param from the first of them
     * @param to the one behind the last, or {@code null} if that is not known
     */
    record Lost(int partition, long from, @Nullable Long to) {}

    /** Everything from a position on: its topic is gone. */
    static Gap ofReplacedTopic(StreamPosition position) {
        return new Gap(
                TOPIC_REPLACED,
                IntStream.range(0, position.partitions())
                        .mapToObj(partition -> new Lost(partition, position.next(partition), null))
                        .toList());
    }
}
