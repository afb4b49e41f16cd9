package io.sluice.consumer.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventBatchTest {

    private static final Duration BLOCK = Duration.ofMillis(500);

    @Test
    void withoutABrokerOneEventAloneIsWaitedFor() {
        // Given: nobody listens at port 1
        List<Event> events =
                Stream.generate(() -> Events.with().build()).limit(40).toList();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", (int) BLOCK.toMillis());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            // When
            long begun = System.nanoTime();
            EventBatch batch = new EventBatch("messages", UUID.randomUUID(), events);
            assertThatThrownBy(() -> batch.send(producer, new ShutdownSignal()))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BLOCK.multipliedBy(20));
        }
    }
}
