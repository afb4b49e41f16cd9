package io.sluice.consumer.outbox;

import io.sluice.consumer.topics.EventProducer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows of many aggregates at once, and of each aggregate one at a time: the next is handed to the producer when the one before it
 * is acknowledged. So none overtakes another that fails, which the producer's own order, that of a partition, does not keep from
 * happening.
 */
final class AggregateSender {

    private static final Duration LOOK_AT_SHUTDOWN = Duration.ofMillis(100);

    private final Producer<byte[], byte[]> producer;
    private final BooleanSupplier mayGoOn;
    private final BooleanSupplier mayWait;
    private final Map<String, Deque<OutboxRow>> waiting = new LinkedHashMap<>();
    private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
    private final List<Long> acknowledged = new ArrayList<>();
    private final Map<OutboxRow, Exception> refused = new HashMap<>();
    private @Nullable Exception failure;
    private int underWay;

    /**
     * A sender for one call of {@link #send}.
     *
     * @param mayGoOn whether another row may be handed to the producer
     * @param mayWait whether what the producer has may be waited for; once false, it may be sent again
     */
    AggregateSender(Producer<byte[], byte[]> producer, BooleanSupplier mayGoOn, BooleanSupplier mayWait) {
        this.producer = producer;
        this.mayGoOn = mayGoOn;
        this.mayWait = mayWait;
    }

    private record Completion(OutboxRow row, @Nullable Exception failure) {}

    /**
     * Outcome of sending rows; of those that are in none of these nothing is known, or they were not handed to the producer.
     *
     * @param acknowledged the numbers of those that Kafka has
     * @param refused those that Kafka refuses for what they are, and will again
     * @param failure of Kafka or of the way there, or {@code null}; the producer is not to be used any more
     */
    record Result(List<Long> acknowledged, Map<OutboxRow, Exception> refused, @Nullable Exception failure) {}

    /**
     * Sends them.
     *
     * @param rows of one aggregate in the order in which they have to be published
     */
    Result send(List<OutboxRow> rows) throws InterruptedException {
        for (OutboxRow row : rows) {
            waiting.computeIfAbsent(row.aggregate(), unused -> new ArrayDeque<>())
                    .add(row);
        }
        for (String aggregate : waiting.keySet()) {
            // Without a broker each would block the producer for max.block.ms, one by one.
            for (Completion done = completions.poll(); done != null; done = completions.poll()) {
                complete(done);
            }
            handOverNext(aggregate);
        }
        while (underWay > 0 && mayWait.getAsBoolean()) {
            Completion completion = completions.poll(LOOK_AT_SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
            if (completion != null) {
                complete(completion);
            }
        }
        return new Result(acknowledged, refused, failure);
    }

    private void handOverNext(String aggregate) {
        Deque<OutboxRow> rows = Objects.requireNonNull(waiting.get(aggregate));
        if (rows.isEmpty() || failure != null || !mayGoOn.getAsBoolean()) {
            return;
        }
        OutboxRow row = rows.remove();
        underWay++;
        try {
            var unused = producer.send(
                    row.record(), (metadata, exception) -> completions.add(new Completion(row, exception)));
        } catch (KafkaException | IllegalStateException e) {
            // The producer has failed for good, and tells the callback nothing.
            completions.add(new Completion(row, e));
        }
    }

    private void complete(Completion completion) {
        underWay--;
        Exception exception = completion.failure;
        if (exception == null) {
            acknowledged.add(completion.row.seq());
            handOverNext(completion.row.aggregate());
        } else if (EventProducer.isRefusal(exception)) {
            refused.put(completion.row, exception);
        } else {
            failure = exception;
        }
    }
}
