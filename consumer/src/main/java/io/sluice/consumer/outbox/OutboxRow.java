package io.sluice.consumer.outbox;

import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An event that waits to be published.
 *
 * @param seq the row's number; of one aggregate, the order in which they are sent
 * @param aggregate whose order is kept
 * @param record as it is sent
 */
record OutboxRow(long seq, String aggregate, UUID eventId, ProducerRecord<byte[], byte[]> record) {}
