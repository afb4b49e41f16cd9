package io.sluice.api.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.contract.Topic;
import io.sluice.runtime.kafka.OffsetSnapshot;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.Servers;
import io.sluice.testkit.TestTopics;
import io.sluice.testkit.TwoDiskBroker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Reports of topics that the test has made, on a real broker. */
@Execution(ExecutionMode.CONCURRENT)
class TopicReaderTest {

    private static final Map<String, Object> KAFKA =
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, Servers.shared().kafkaBootstrapServers());

    private final Instant first = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(90);

    private final String prefix = "topics-" + UUID.randomUUID() + "-";
    private final String messages = Topic.MESSAGES.name(prefix);
    private final String group = prefix + "group";
    private final Admin admin = Admin.create(KAFKA);
    private final TopicReader reader = reader(KAFKA);

    @BeforeEach
    void create() throws InterruptedException, ExecutionException {
        TestTopics.create(admin, topic(2));
    }

    private NewTopic topic(int partitions) {
        return new NewTopic(messages, partitions, (short) 1)
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(Duration.ofDays(7).toMillis())));
    }

    @AfterEach
    void delete() {
        admin.deleteTopics(List.of(messages));
        admin.close(Duration.ofSeconds(5));
    }

    @Test
    void theLagIsCountedFromWhatIsCommittedAndTheOldestUnreadRecordIsRead() throws Exception {
        // Given
        write(0, 5);
        commit(0, 3, id());

        // When
        TopicReport report = onlyReport();

        // Then
        assertThat(report.name()).isEqualTo(messages);
        assertThat(report.id()).isEqualTo(id());
        assertThat(report.group()).isEqualTo(group);
        assertThat(report.retentionSeconds()).isEqualTo(Duration.ofDays(7).toSeconds());
        assertThat(report.lag()).isEqualTo(2);
        assertThat(report.lost()).isZero();
        assertThat(report.oldestUnreadTime()).isEqualTo(first.plusSeconds(3));
        assertThat(report.oldestUnreadAgeSeconds()).isCloseTo(87, within(1L));
        assertThat(report.partitions())
                .containsExactly(
                        new TopicReport.Partition(0, 0L, 5L, 3L, 2L, 0L, first.plusSeconds(3)),
                        new TopicReport.Partition(1, 0L, 0L, null, 0L, 0L, null));
    }

    @Test
    void aGroupThatHasCommittedNothingHasReadNothing() throws Exception {
        // Given
        write(1, 4);

        // When
        TopicReport report = onlyReport();

        // Then
        assertThat(report.partitions().get(1)).isEqualTo(new TopicReport.Partition(1, 0L, 4L, null, 4L, 0L, first));
    }

    @Test
    void recordsThatWereDeletedUnreadAreLost() throws Exception {
        // Given
        write(0, 5);
        commit(0, 1, id());
        admin.deleteRecords(Map.of(new TopicPartition(messages, 0), RecordsToDelete.beforeOffset(4)))
                .all()
                .get();

        // When
        TopicReport report = onlyReport();

        // Then
        assertThat(report.lost()).isEqualTo(3);
        assertThat(report.partitions().get(0))
                .isEqualTo(new TopicReport.Partition(0, 4L, 5L, 1L, 1L, 3L, first.plusSeconds(4)));
    }

    @Test
    void offsetsOfAnEarlierTopicOfTheNameDoNotCount() throws Exception {
        // Given
        write(0, 3);
        commit(0, 3, id());
        String before = id();
        TestTopics.recreate(admin, topic(1));
        write(0, 4);
        commit(0, 3, before);

        // When
        TopicReport report = onlyReport();

        // Then
        assertThat(report.id()).isNotEqualTo(before);
        assertThat(report.partitions()).containsExactly(new TopicReport.Partition(0, 0L, 4L, null, 4L, 0L, first));
    }

    @Test
    void aPartitionWithoutALeaderIsShownAsUnknownBesideTheOthers() throws Exception {
        try (TwoDiskBroker broker = TwoDiskBroker.start()) {
            // Given
            broker.create(messages, 2);
            broker.failDisk(messages);

            // When
            TopicReport report = reader(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))
                    .read()
                    .get(0);

            // Then
            assertThat(report.lag()).isNull();
            assertThat(report.lost()).isNull();
            assertThat(report.partitions())
                    .containsExactly(
                            new TopicReport.Partition(0, 0L, 0L, null, 0L, 0L, null),
                            new TopicReport.Partition(1, null, null, null, null, null, null));
        }
    }

    private TopicReader reader(Map<String, Object> kafka) {
        return Environment.read(
                Map.of("TOPIC_PREFIX", prefix, "KAFKA_GROUP_ID", group)::get,
                environment -> new TopicReader(
                        kafka,
                        new KafkaSettings(environment),
                        new KafkaGroupSettings(environment),
                        Clock.fixed(first.plusSeconds(90), ZoneOffset.UTC)));
    }

    /** The only report: the topic of dead letters is not there, and left out. */
    private TopicReport onlyReport() throws InterruptedException, ExecutionException {
        List<TopicReport> reports = reader.read();
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    private String id() throws InterruptedException, ExecutionException {
        return OffsetSnapshot.fetch(admin, messages, group).topicId();
    }

    /** Writes records, each of them a second after the one before. */
    private void write(int partition, int count) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(KAFKA, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(
                                messages, partition, first.plusSeconds(i).toEpochMilli(), null, new byte[] {'1'}))
                        .get();
            }
        }
    }

    private void commit(int partition, long offset, String topicId) throws InterruptedException, ExecutionException {
        admin.alterConsumerGroupOffsets(
                        group,
                        Map.of(
                                new TopicPartition(messages, partition),
                                new OffsetAndMetadata(offset, Optional.empty(), topicId)))
                .all()
                .get();
    }
}
