package io.sluice.consumer.replays;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.ReplayHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Events of a page as they are sent: as they were, each with the id of the replay. */
final class EventBatch {

    private static final Duration LOOK_AT_SHUTDOWN = Duration.ofMillis(100);

    private final Map<UUID, ProducerRecord<byte[], byte[]>> records = new LinkedHashMap<>();

    /** Encodes them for a topic. */
    EventBatch(String topic, UUID replay, List<Event> events) {
        byte[] replayId = replay.toString().getBytes(UTF_8);
        for (Event event : events) {
            ProducerRecord<byte[], byte[]> record = EventCodec.encode(event, topic);
            record.headers().add(ReplayHeader.ID, replayId);
            records.put(event.id(), record);
        }
    }

    /** Number of events. */
    int size() {
        return records.size();
    }

    private record Sending(UUID event, Future<RecordMetadata> acknowledgement) {}

    /**
     * Returns once Kafka has acknowledged all of them.
     *
     * @throws RefusedEventException if it will never take one of them
     * @throws ExecutionException if it does not take them now; some of them it may have
     * @throws ShutdownException if the program stops meanwhile
     */
    void send(Producer<byte[], byte[]> producer, ShutdownSignal shutdown)
            throws ExecutionException, InterruptedException, RefusedEventException, ShutdownException {
        List<Sending> sending = new ArrayList<>();
        for (Map.Entry<UUID, ProducerRecord<byte[], byte[]>> event : records.entrySet()) {
            Sending one = new Sending(event.getKey(), producer.send(event.getValue()));
            if (one.acknowledgement.isDone()) {
                // Without a broker each would block the producer for max.block.ms, one by one.
                await(one, shutdown);
            } else {
                sending.add(one);
            }
        }
        for (Sending one : sending) {
            await(one, shutdown);
        }
    }

    private static void await(Sending one, ShutdownSignal shutdown)
            throws ExecutionException, InterruptedException, RefusedEventException, ShutdownException {
        while (true) {
            try {
                one.acknowledgement.get(LOOK_AT_SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                // The producer ends the wait itself, by its delivery timeout.
                shutdown.sleep(Duration.ZERO);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception refusal && EventProducer.isRefusal(refusal)) {
                    throw new RefusedEventException(one.event, refusal);
                }
                throw e;
            }
        }
    }
}
