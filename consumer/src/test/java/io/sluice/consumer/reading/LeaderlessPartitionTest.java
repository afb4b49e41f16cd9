package io.sluice.consumer.reading;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.runtime.kafka.OffsetSnapshot;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.TwoDiskBroker;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A reader of a topic, one of whose partitions has no leader because its broker's disk has failed. */
class LeaderlessPartitionTest {

    private static final String TOPIC = "messages";
    private static final TopicPartition LED = new TopicPartition(TOPIC, 0);
    private static final TopicPartition LEADERLESS = new TopicPartition(TOPIC, 1);

    private final RecordLossTracker losses = new RecordLossTracker(
            new SimpleMeterRegistry(), Environment.read(Map.<String, String>of()::get, KafkaSettings::new));

    @Test
    void thePartitionsThatHaveALeaderAreCommittedAndTheirLagIsKnown() throws Exception {
        try (TwoDiskBroker broker = TwoDiskBroker.start();
                Admin admin =
                        Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            // Given
            broker.create(TOPIC, 2);
            write(broker, 3);
            broker.failDisk(TOPIC);

            try (PolledReader reader = new PolledReader(broker.bootstrapServers(), TOPIC, admin, losses)) {
                await().untilAsserted(() -> {
                    // When
                    reader.finish(reader.poll());
                    reader.apply();

                    // Then
                    OffsetSnapshot offsets = reader.snapshot();
                    assertThat(offsets.committedIn(LED)).hasValue(3);
                    assertThat(offsets.lag()).isEqualTo(Map.of(0, 0L));
                    assertThat(offsets.unknown()).containsExactly(LEADERLESS);
                });
            }
        }
    }

    private static void write(TwoDiskBroker broker, int count) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(TOPIC, LED.partition(), null, new byte[1]))
                        .get();
            }
        }
    }
}
