package io.sluice.consumer.reading;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.Servers;
import io.sluice.testkit.TestTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader in a consumer of Kafka's, which polls as the connector does, on a real broker. */
class ReaderTest {

    private static final String BOOTSTRAP = Servers.shared().kafkaBootstrapServers();

    private final String name = "reader-" + UUID.randomUUID();
    private final TopicPartition partition = new TopicPartition(name, 0);
    private final Admin admin = Admin.create(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, BOOTSTRAP));
    private final RecordLossTracker losses = new RecordLossTracker(
            new SimpleMeterRegistry(), Environment.read(Map.<String, String>of()::get, KafkaSettings::new));

    @BeforeEach
    void create() throws InterruptedException, ExecutionException {
        TestTopics.create(admin, new NewTopic(name, 1, (short) 1));
    }

    @AfterEach
    void delete() {
        admin.deleteTopics(List.of(name));
        admin.close(Duration.ofSeconds(5));
    }

    @Test
    void aPollBringsNoMoreThanMemoryTakesAndNothingIsLeftOut() throws Exception {
        // Given: 64 MiB, in a few KiB on the topic
        write(
                "zstd",
                "none",
                IntStream.range(0, 64).mapToObj(i -> new byte[1 << 20]).toList());

        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            // When
            List<Long> offsets = new ArrayList<>();
            while (offsets.size() < 64) {
                ConsumerRecords<byte[], byte @Nullable []> records = polling.poll();

                // Then
                assertThat(records.count()).isLessThanOrEqualTo(16);
                records.forEach(record -> offsets.add(record.offset()));
                polling.finish(records);
            }
            polling.apply();
            assertThat(offsets).isSorted().doesNotHaveDuplicates();
            polling.awaitCommitted(64);
        }
    }

    @Test
    void aRecordThatIsLargerThanMemoryShouldTakeIsReadAlone() {
        // Given
        write("zstd", "none", List.of(new byte[20 << 20], new byte[1], new byte[20 << 20]));

        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            // Then
            assertThat(polling.awaitRecords())
                    .extracting(ConsumerRecord::offset)
                    .containsExactly(0L);
            assertThat(polling.awaitRecords())
                    .extracting(ConsumerRecord::offset)
                    .containsExactly(1L);
            assertThat(polling.awaitRecords())
                    .extracting(ConsumerRecord::offset)
                    .containsExactly(2L);
        }
    }

    @Test
    void whatIsBehindATransactionIsCommittedAndWhatIsBrokenOffIsNotRead() throws Exception {
        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            // When
            write("none", "commit", List.of(new byte[1], new byte[1]));
            ConsumerRecords<byte[], byte @Nullable []> records = polling.awaitRecords();
            write("none", "abort", List.of(new byte[2]));
            polling.apply();
            polling.finish(records);

            // Then
            assertThat(records).allSatisfy(record -> assertThat(record.value()).hasSize(1));
            polling.awaitCommitted(5);
            assertThat(polling.snapshot().lag()).containsEntry(0, 0L);
        }
    }

    @Test
    void aTopicThatIsMadeAnewIsReadAndCommittedFromItsFirstRecordOn() throws Exception {
        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            // Given
            write("none", "none", List.of(new byte[1], new byte[1], new byte[1]));
            polling.finish(polling.awaitRecords());
            polling.apply();
            polling.awaitCommitted(3);

            // When: it is longer already than the one before
            TestTopics.recreate(admin, new NewTopic(name, 1, (short) 1));
            write("none", "none", List.of(new byte[2], new byte[2], new byte[2], new byte[2], new byte[2]));
            polling.apply();

            // Then
            List<Long> offsets = new ArrayList<>();
            await().untilAsserted(() -> {
                ConsumerRecords<byte[], byte @Nullable []> records = polling.poll();
                records.forEach(record -> offsets.add(record.offset()));
                polling.finish(records);
                // Again and again, as the program does: the group divides the new topic's partitions anew.
                polling.apply();
                assertThat(polling.committed()).isEqualTo(5);
            });
            assertThat(offsets).contains(0L, 1L, 2L, 3L, 4L);
            assertThat(losses.summary()).isEmpty();
        }
    }

    @Test
    void whatWasCommittedForATopicThatIsGoneIsNotTakenForTheNewOne() throws Exception {
        // Given
        write("none", "none", List.of(new byte[1], new byte[1], new byte[1]));
        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            ConsumerRecords<byte[], byte @Nullable []> records = polling.awaitRecords();
            polling.apply();
            TestTopics.recreate(admin, new NewTopic(name, 1, (short) 1));
            // As a consumer does that has not seen it yet and crashes.
            polling.finish(records);
            polling.awaitCommitted(3);
        }
        write("none", "none", List.of(new byte[2], new byte[2], new byte[2], new byte[2]));

        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            // When
            assertThat(polling.snapshot().lag()).containsEntry(0, 4L);
            polling.awaitRecords();
            polling.apply();

            // Then
            assertThat(polling.awaitRecords()).first().satisfies(record -> assertThat(record.offset())
                    .isZero());
            assertThat(losses.summary()).isEmpty();
        }
    }

    @Test
    void whatIsDeletedBeforeItIsReadIsCounted() throws Exception {
        // Given
        write("none", "none", List.of(new byte[1], new byte[1]));
        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            polling.finish(polling.awaitRecords());
            polling.apply();
            polling.awaitCommitted(2);

            // When: while it runs
            polling.pause();
            write("none", "none", List.of(new byte[1], new byte[1], new byte[1]));
            deleteBefore(4);
            polling.apply();
            assertThat(losses.summary()).isEmpty();
            polling.resume();
            polling.finish(polling.awaitRecords());
            polling.apply();

            // Then
            assertThat(losses.summary())
                    .hasValueSatisfying(lost -> assertThat(lost).endsWith(name + "-0: 2"));
            polling.awaitCommitted(5);
        }

        // When: while nobody reads
        write("none", "none", List.of(new byte[1], new byte[1], new byte[1]));
        deleteBefore(8);
        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            // Then
            await().untilAsserted(() -> {
                polling.poll();
                polling.apply();
                assertThat(losses.summary())
                        .hasValueSatisfying(lost -> assertThat(lost).endsWith(name + "-0: 5"));
            });
            polling.apply();
            assertThat(losses.summary())
                    .hasValueSatisfying(lost -> assertThat(lost).endsWith(name + "-0: 5"));
        }
    }

    /** At once, or when the group's own offsets have come. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOffsetsOfABatchAreCommittedInOneRequest(boolean known) throws Exception {
        // Given
        TestTopics.recreate(admin, new NewTopic(name, 3, (short) 1));
        for (int i = 0; i < 3; i++) {
            write(i, "none", "none", List.of(new byte[1]));
        }

        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            Map<TopicPartition, List<ConsumerRecord<byte[], byte @Nullable []>>> batch = new HashMap<>();
            while (batch.size() < 3) {
                ConsumerRecords<byte[], byte @Nullable []> records = polling.awaitRecords();
                records.partitions().forEach(one -> batch.put(one, records.records(one)));
            }
            if (known) {
                polling.apply();
            }

            // When
            polling.finish(new ConsumerRecords<>(batch, Map.of()));
            polling.apply();

            // Then
            await().untilAsserted(() -> {
                polling.poll();
                assertThat(polling.snapshot().lag()).isEqualTo(Map.of(0, 0L, 1, 0L, 2, 0L));
            });
            assertThat(polling.commits()).isEqualTo(1);
        }
    }

    @Test
    void whatIsDoneIsCommittedWhenThePartitionIsRevokedAndWhatEndsLaterIsNot() throws Exception {
        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            // Given
            write("none", "none", List.of(new byte[1]));
            ConsumerRecords<byte[], byte @Nullable []> done = polling.awaitRecords();
            write("none", "none", List.of(new byte[1]));
            ConsumerRecords<byte[], byte @Nullable []> underWay = polling.awaitRecords();
            polling.apply();
            polling.finish(done);

            // When
            polling.leave();
            polling.finish(underWay);

            // Then
            await().untilAsserted(() -> assertThat(polling.committed()).isEqualTo(1));
            assertThat(polling.isCommitDue()).isFalse();
        }
    }

    @Test
    void whatIsDeletedWhenItWasReadOrBeforeThereWasAGroupIsNoLoss() throws Exception {
        // Given
        write("none", "none", List.of(new byte[1], new byte[1]));
        deleteBefore(1);

        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            // When
            ConsumerRecords<byte[], byte @Nullable []> records = polling.awaitRecords();
            deleteBefore(2);
            polling.apply();
            polling.finish(records);
            polling.awaitCommitted(2);
            polling.apply();
        }
        try (PolledReader polling = new PolledReader(BOOTSTRAP, name, admin, losses)) {
            polling.awaitAssignment();
            polling.apply();
        }

        // Then
        assertThat(losses.summary()).isEmpty();
    }

    private void write(String compression, String transaction, List<byte[]> values) {
        write(0, compression, transaction, values);
    }

    private void write(int to, String compression, String transaction, List<byte[]> values) {
        Map<String, Object> configuration = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                BOOTSTRAP,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                compression,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                64 << 20);
        Map<String, Object> all = new HashMap<>(configuration);
        if (!transaction.equals("none")) {
            all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
            if (!transaction.equals("none")) {
                producer.initTransactions();
                producer.beginTransaction();
            }
            values.stream()
                    .map(value -> producer.send(new ProducerRecord<>(name, to, null, value)))
                    .toList()
                    .forEach(sent -> assertThat(sent).succeedsWithin(Duration.ofSeconds(20)));
            if (transaction.equals("commit")) {
                producer.commitTransaction();
            } else if (transaction.equals("abort")) {
                producer.abortTransaction();
            }
        }
    }

    private void deleteBefore(long offset) throws InterruptedException, ExecutionException {
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }
}
