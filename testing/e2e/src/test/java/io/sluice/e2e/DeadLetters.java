package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Topic;
import io.sluice.testkit.Records;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The topic {@code dead-letters}. */
final class DeadLetters {

    private final Records records =
            new Records(Sluice.platform().kafka().bootstrapServers(), Sluice.topicName(Topic.DEAD_LETTERS));

    /** Waits until there are that many, or more, whose header has that value. */
    List<ConsumerRecord<byte[], byte[]>> await(int count, String header, String value) {
        return with(header, value, records.await(all -> with(header, value, all).size() >= count));
    }

    /** Waits until each of the values is that of a record's header, and gives the records with one of them. */
    List<ConsumerRecord<byte[], byte[]>> awaitEach(String header, Set<String> values) {
        return records.await(all -> values(header, all).containsAll(values)).stream()
                .filter(record -> values.contains(header(record, header)))
                .toList();
    }

    private static Set<String> values(String header, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> header(record, header)).collect(Collectors.toSet());
    }

    /** The value of a header, or an empty text where it is missing. */
    static String header(ConsumerRecord<byte[], byte[]> record, String key) {
        Header header = record.headers().lastHeader(key);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static List<ConsumerRecord<byte[], byte[]>> with(
            String header, String value, List<ConsumerRecord<byte[], byte[]>> all) {
        return all.stream()
                .filter(record -> header(record, header).equals(value))
                .toList();
    }
}
