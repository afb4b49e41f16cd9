package io.sluice.consumer.deadletters;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.intake.TopicWriter;
import io.sluice.consumer.retry.PauseTracker;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventLimits;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a record that cannot be stored, over the topic {@code dead-letters}, to its row. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class DeadLetterProjectionTest {

    private static final String DEAD_LETTERS = Topic.DEAD_LETTERS.name("");

    private final TopicWriter topic = new TopicWriter(Servers.shared().kafkaBootstrapServers());
    private final Messages messages = new Messages(Servers.shared().databaseUrl());
    private final DeadLetterRows rows;
    private final DeadLetterProjection projection;
    private final DeadLetterDecoder decoder;
    private final PauseTracker pauses;

    DeadLetterProjectionTest(
            DeadLetterRows rows, DeadLetterProjection projection, DeadLetterDecoder decoder, PauseTracker pauses) {
        this.rows = rows;
        this.projection = projection;
        this.decoder = decoder;
        this.pauses = pauses;
    }

    @AfterEach
    void close() throws SQLException {
        rows.takeAll();
        topic.close();
    }

    @Test
    void aRecordThatIsNoEventIsShownAsItIs() {
        // Given
        ProducerRecord<byte[], byte[]> garbage =
                new ProducerRecord<>(TopicWriter.TOPIC, 0, new byte[] {0, -1}, new byte[] {-2, 0, 'x'});
        garbage.headers()
                .add("no\0te", new byte[] {-3})
                .add("empty", null)
                .add(DeadLetterHeader.REASON.key(), "its own".getBytes(UTF_8));

        // When
        RecordMetadata place = topic.write(garbage);

        // Then
        DeadLetterRows.Row row = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset());
        assertThat(row.state()).isEqualTo("open");
        assertThat(row.reason()).isEqualTo("undecodable");
        assertThat(row.detail()).isEqualTo("header ce_specversion is missing");
        assertThat(row.attempts()).isEqualTo(1);
        assertThat(row.key()).isEqualTo(garbage.key());
        assertThat(row.value()).isEqualTo(garbage.value());
        assertThat(row.headerKeys())
                .extracting(name -> new String(name, UTF_8))
                .containsExactly("no\0te", "empty", DeadLetterHeader.REASON.key());
        assertThat(row.headerValues()).containsExactly(new byte[] {-3}, null, "its own".getBytes(UTF_8));
        assertThat(row.eventId()).isNull();
    }

    @Test
    void aConflictIsShownWithItsEvent() {
        // Given
        Event stored = Events.any();
        Event other =
                Events.with().id(stored.id()).payload("\"other\"").key("k").build();
        topic.write(stored);
        awaitStored(stored);

        // When
        RecordMetadata place = topic.write(EventCodec.encode(other, TopicWriter.TOPIC));

        // Then
        DeadLetterRows.Row row = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset());
        assertThat(row.reason()).isEqualTo("idempotency-conflict");
        assertThat(row.eventId()).isEqualTo(stored.id());
        assertThat(row.value()).isEqualTo(other.payload());
    }

    @Test
    void aRedriveThatFailsAgainIsCountedOnTheSameRowAndOpensIt() throws SQLException {
        // Given
        RecordMetadata place = topic.write(garbage());
        DeadLetterRows.Row first = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset());
        rows.redriven(first.id());

        // When
        topic.write(redrive(garbage(), first.id()));

        // Then
        await().untilAsserted(() -> assertThat(rows.get(first.id()).attempts()).isEqualTo(2));
        assertThat(rows.get(first.id()).state()).isEqualTo("open");
    }

    @Test
    void eachFailureKeepsTheIdOfTheEventThatFailed() throws SQLException {
        // Given
        Event stored = Events.any();
        topic.write(stored);
        awaitStored(stored);
        RecordMetadata place = topic.write(garbage());
        UUID id = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset())
                .id();
        Event other = Events.with().id(stored.id()).payload("\"other\"").build();

        // When
        topic.write(redrive(EventCodec.encode(other, TopicWriter.TOPIC), id));
        await().untilAsserted(() -> assertThat(rows.get(id).attempts()).isEqualTo(2));

        // Then
        Map<UUID, UUID> failed = rows.failedEvents(id);
        assertThat(failed).hasSize(2).containsEntry(id, null).containsValue(stored.id());
        assertThat(rows.get(id).value()).asString().isEqualTo("garbage");
    }

    @Test
    void aRedriveThatIsStoredResolvesIt() throws SQLException {
        // Given
        RecordMetadata place = topic.write(garbage());
        DeadLetterRows.Row first = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset());
        rows.redriven(first.id());
        Event event = Events.any();

        // When
        topic.write(redrive(EventCodec.encode(event, TopicWriter.TOPIC), first.id()));

        // Then
        awaitStored(event);
        assertThat(rows.get(first.id()).state()).isEqualTo("resolved");
    }

    @Test
    void aRedriveOfWhatIsStoredAlreadyResolvesIt() throws SQLException {
        // Given
        RecordMetadata place = topic.write(garbage());
        DeadLetterRows.Row first = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset());
        Event event = Events.any();
        topic.write(event);
        awaitStored(event);

        // When
        topic.write(redrive(EventCodec.encode(event, TopicWriter.TOPIC), first.id()));

        // Then
        await().untilAsserted(() -> assertThat(rows.get(first.id()).state()).isEqualTo("resolved"));
    }

    @Test
    void aFailureThatComesAfterTheEndDoesNotOpenIt() throws SQLException {
        // Given
        RecordMetadata place = topic.write(garbage());
        DeadLetterRows.Row first = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset());
        topic.write(redrive(EventCodec.encode(Events.any(), TopicWriter.TOPIC), first.id()));
        await().untilAsserted(() -> assertThat(rows.get(first.id()).state()).isEqualTo("resolved"));

        // When
        topic.write(redrive(garbage(), first.id()));

        // Then
        await().untilAsserted(() -> assertThat(rows.get(first.id()).attempts()).isEqualTo(2));
        assertThat(rows.get(first.id()).state()).isEqualTo("resolved");
    }

    @Test
    void aFailureThatIsOnTheTopicTwiceIsOne() throws SQLException {
        // Given
        UUID id = UUID.randomUUID();
        UUID again = UUID.randomUUID();

        // When
        for (UUID attempt : List.of(id, again, id, again)) {
            topic.write(failure(id, attempt));
        }
        RecordMetadata last = topic.write(new ProducerRecord<>(DEAD_LETTERS, 0, null, new byte[0]));

        // Then
        rows.awaitFrom(DEAD_LETTERS, 0, last.offset());
        assertThat(rows.get(id).attempts()).isEqualTo(2);
    }

    @Test
    void whatSomebodyElseHasPutOnTheTopicIsShownAsItIs() {
        // Given
        ProducerRecord<byte[], byte[]> foreign = new ProducerRecord<>(DEAD_LETTERS, 0, null, "huh?".getBytes(UTF_8));
        foreign.headers().add(DeadLetterHeader.ID.key(), "not an id".getBytes(UTF_8));

        // When
        RecordMetadata place = topic.write(foreign);

        // Then
        DeadLetterRows.Row row = rows.awaitFrom(DEAD_LETTERS, place.partition(), place.offset());
        assertThat(row.reason()).isEqualTo("foreign");
        assertThat(row.key()).isNull();
        assertThat(row.value()).isEqualTo(foreign.value());
        assertThat(row.headerKeys()).hasSize(1);
    }

    @Test
    void aFaultOfTheDecoderLeavesARecordWithoutItsEvent() {
        // Given
        Event event = Events.any();
        ProducerRecord<byte[], byte[]> letter = failure(event.id(), event.id());
        ConsumerRecord<byte[], byte @Nullable []> spoilt =
                new ConsumerRecord<>(DEAD_LETTERS, 0, 1, new byte[0], event.payload()) {
                    @Override
                    public Optional<Integer> leaderEpoch() {
                        throw new IllegalStateException("as the test wants it");
                    }
                };
        letter.headers().forEach(spoilt.headers()::add);

        // When
        DecodedDeadLetter decoded = decoder.decode(spoilt);

        // Then
        assertThat(decoded.id()).isEqualTo(event.id());
        assertThat(decoded.event()).isNull();
        assertThat(decoded.value()).isEqualTo(event.payload());
    }

    @Test
    void aLetterThatTheTableDoesNotTakeHoldsUpNoOther() throws SQLException {
        // Given
        UUID refused = UUID.randomUUID();
        List<UUID> others = List.of(UUID.randomUUID(), UUID.randomUUID());
        rows.refuse(refused);

        // When
        CompletableFuture<Void> showing = CompletableFuture.runAsync(() -> {
            try {
                projection.project(Stream.of(others.get(0), refused, others.get(1))
                        .map(id -> received(failure(id, id)))
                        .toList());
            } catch (ShutdownException e) {
                throw new CompletionException(e);
            }
        });

        // Then
        await().untilAsserted(() -> assertThat(pauses.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("projection: P0001")));
        assertThat(others).allSatisfy(id -> assertThat(rows.get(id).state()).isEqualTo("open"));

        // When
        rows.takeAll();

        // Then
        showing.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(rows.get(refused).state()).isEqualTo("open");
    }

    private static ConsumerRecord<byte[], byte @Nullable []> received(ProducerRecord<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte @Nullable []> received =
                new ConsumerRecord<>(DEAD_LETTERS, 0, 1, new byte[0], record.value());
        record.headers().forEach(received.headers()::add);
        return received;
    }

    @Test
    void aRecordOfExactlyTheLargestSizePassesThroughBothTopics() {
        try (TopicWriter unbounded = TopicWriter.unbounded(Servers.shared().kafkaBootstrapServers())) {
            // Given: a value that is too large for an event, so that the record is all that its topic takes
            int roughly = EventLimits.MAX_PAYLOAD_BYTES;
            int exactly = roughly + Topic.MESSAGES.maxMessageBytes() - sizeOnTopic(withValue(new byte[roughly]));
            byte[] value = new byte[exactly];
            Arrays.fill(value, (byte) '7');
            ProducerRecord<byte[], byte[]> largest = withValue(value);
            assertThat(sizeOnTopic(largest)).isEqualTo(Topic.MESSAGES.maxMessageBytes());
            assertThatThrownBy(() -> unbounded.write(withValue(new byte[exactly + 1])))
                    .hasRootCauseInstanceOf(RecordTooLargeException.class);

            // When
            RecordMetadata place = unbounded.write(largest);

            // Then
            DeadLetterRows.Row row = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset());
            assertThat(row.reason()).isEqualTo("too-large");
            assertThat(row.value()).isEqualTo(value);
        }
    }

    private static ProducerRecord<byte[], byte[]> withValue(byte[] value) {
        ProducerRecord<byte[], byte[]> event = EventCodec.encode(Events.any(), TopicWriter.TOPIC);
        return new ProducerRecord<>(
                TopicWriter.TOPIC, 0, System.currentTimeMillis(), event.key(), value, event.headers());
    }

    /** The size that the broker compares with {@code max.message.bytes}: that of the batch, with this record alone. */
    private static int sizeOnTopic(ProducerRecord<byte[], byte[]> record) {
        SimpleRecord alone = new SimpleRecord(
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers().toArray());
        return MemoryRecords.withRecords(Compression.NONE, alone).sizeInBytes();
    }

    @Test
    void aRecordThatUnpacksToMoreThanTheTopicTakesIsNamedAndHoldsNobodyUp() throws Exception {
        // Given
        keepAsCompressed();
        ProducerRecord<byte[], byte[]> bomb = new ProducerRecord<>(TopicWriter.TOPIC, 0, null, new byte[5 << 20]);
        Event next = Events.any();

        // When
        RecordMetadata place;
        try (TopicWriter compressing = TopicWriter.compressing(Servers.shared().kafkaBootstrapServers())) {
            place = compressing.write(bomb);
        }
        topic.write(next);

        // Then
        DeadLetterRows.Row row = rows.awaitFrom(TopicWriter.TOPIC, place.partition(), place.offset());
        assertThat(row.reason()).isEqualTo("too-large");
        assertThat(row.detail()).contains("does not fit", "5242880 bytes");
        assertThat(row.value()).isNull();
        awaitStored(next);
    }

    /** Like a broker whose policy does not allow init-job to turn compression off. */
    private static void keepAsCompressed() throws Exception {
        ConfigResource messages = new ConfigResource(ConfigResource.Type.TOPIC, TopicWriter.TOPIC);
        ConfigEntry asWritten = new ConfigEntry(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, Servers.shared().kafkaBootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(messages, List.of(new AlterConfigOp(asWritten, OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void awaitStored(Event event) {
        await().untilAsserted(() -> assertThat(messages.find(event.id())).isPresent());
    }

    private static ProducerRecord<byte[], byte[]> garbage() {
        return new ProducerRecord<>(TopicWriter.TOPIC, 0, null, "garbage".getBytes(UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> redrive(ProducerRecord<byte[], byte[]> record, UUID deadLetter) {
        record.headers().add(DeadLetterHeader.ID.key(), deadLetter.toString().getBytes(UTF_8));
        return record;
    }

    /** A dead letter as the consumer writes it. */
    private static ProducerRecord<byte[], byte[]> failure(UUID id, UUID attempt) {
        ProducerRecord<byte[], byte[]> failure = new ProducerRecord<>(DEAD_LETTERS, 0, null, new byte[0]);
        for (DeadLetterHeader name : DeadLetterHeader.values()) {
            String value =
                    switch (name) {
                        case ID -> id.toString();
                        case ATTEMPT_ID -> attempt.toString();
                        case REASON -> "undecodable";
                        case DETAIL -> "nothing there";
                        case ORIGIN_TOPIC -> "elsewhere";
                        case ORIGIN_PARTITION -> "0";
                        case ORIGIN_OFFSET -> "1";
                    };
            failure.headers().add(name.key(), value.getBytes(UTF_8));
        }
        return failure;
    }
}
