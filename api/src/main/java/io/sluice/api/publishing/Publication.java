package io.sluice.api.publishing;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.runtime.logs.LogLine;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record to publish.
 *
 * @param id what clients know it by
 * @param about adds what the log knows it by
 */
record Publication(ProducerRecord<byte[], byte[]> record, UUID id, UnaryOperator<LogLine> about) {

    /** The publication of an event. */
    static Publication of(Event event, String topic) {
        return new Publication(EventCodec.encode(event, topic), event.id(), line -> line.about(event));
    }
}
