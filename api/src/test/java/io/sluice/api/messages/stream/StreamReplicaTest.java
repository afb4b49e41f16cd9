package io.sluice.api.messages.stream;

import static io.sluice.api.messages.stream.NumberedEvents.range;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.publishing.Topics;
import io.sluice.api.requests.Complaints;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.settings.KafkaSettings;
import io.sluice.testkit.Events;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Servers;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one topic: what one has sent, the other goes on from. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class StreamReplicaTest {

    private static final String TOPIC = Topic.MESSAGES.name("");

    private final Topics topics;
    private final KafkaSettings settings;
    private final StreamMetrics metrics;
    private final NumberedEvents events = new NumberedEvents();
    private final Complaints complaints = new Complaints();
    private Streams one;
    private Streams other;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

    Servers servers;

    StreamReplicaTest(Topics topics, KafkaSettings settings, StreamMetrics metrics) {
        this.topics = topics;
        this.settings = settings;
        this.metrics = metrics;
    }

    @BeforeEach
    void start() {
        await().until(() -> topics.seen() && topics.current() != null);
        one = new Streams(kafka, settings, topics, metrics);
        other = new Streams(kafka, settings, topics, metrics);
        complaints.listen();
    }

    /** Clients of Kafka that end in order complain of nothing. */
    @AfterEach
    void stop() throws InterruptedException {
        one.stop();
        other.stop();
        assertThat(complaints.take()).isEmpty();
        complaints.close();
    }

    @Test
    void anyIdGoesOnAtAnotherReplica() {
        // Given
        Follower first = Follower.of(one.begin(now()), Long.MAX_VALUE);
        first.awaitFirst(event -> true);
        events.post(0, 10);
        first.awaitNumbers(10);

        // When
        String id = first.awaitFirst(event -> event.data().endsWith("\"payload\":3}"))
                .id();
        Follower second = Follower.of(other.begin(after(id)), Long.MAX_VALUE);
        second.awaitNumbers(6);
        events.post(10, 12);

        // Then
        second.awaitNumbers(8);
        first.awaitNumbers(12);
        assertThat(second.numbers()).isEqualTo(range(4, 12));
        assertThat(first.numbers()).isEqualTo(range(0, 12));
    }

    @Test
    void whereTheTokenExpiresTheStreamEndsAndIsGoneOnWithByAnother() {
        // Given
        StreamQuery query = new StreamQuery(events.filter(), null, null, Duration.ofSeconds(3));
        Follower first = Follower.of(one.begin(query), Long.MAX_VALUE);
        first.awaitFirst(event -> true);
        events.post(0, 3);
        first.awaitNumbers(3);

        // When
        first.awaitEnd();

        // Then
        Received last = first.received().get(first.received().size() - 1);
        assertThat(last.name()).isEqualTo("closed");
        assertThat(last.data()).isEqualTo("{\"reason\":\"token-expired\"}");
        events.post(3, 5);
        Follower second = Follower.of(other.begin(after(last.id())), Long.MAX_VALUE);
        second.awaitNumbers(2);
        assertThat(second.numbers()).isEqualTo(range(3, 5));
    }

    @Test
    void whatTheTopicHasDeletedIsToldAsAGapByPartitionAndOffset() throws Exception {
        // Given
        Follower first = Follower.of(one.begin(now()), Long.MAX_VALUE);
        first.awaitFirst(event -> true);
        events.post(0, 10);
        first.awaitNumbers(10);
        String id = first.awaitFirst(event -> event.data().endsWith("\"payload\":3}"))
                .id();

        // When
        long from;
        int partition;
        try (Admin admin = Admin.create(kafka)) {
            StreamPosition begin = StreamPosition.decode(id).orElseThrow();
            StreamPosition end = StreamPosition.decode(
                            first.received().get(first.received().size() - 1).id())
                    .orElseThrow();
            partition = IntStream.range(0, end.partitions())
                    .filter(number -> end.next(number) > begin.next(number))
                    .findFirst()
                    .orElseThrow();
            from = begin.next(partition);
            admin.deleteRecords(Map.of(new TopicPartition(TOPIC, partition), RecordsToDelete.beforeOffset(from + 4)))
                    .all()
                    .get();
            TopicPartition deleted = new TopicPartition(TOPIC, partition);
            await().until(() -> admin.listOffsets(Map.of(deleted, OffsetSpec.earliest()))
                            .partitionResult(deleted)
                            .get()
                            .offset()
                    == from + 4);
        }
        Follower second = Follower.of(other.begin(after(id)), Long.MAX_VALUE);

        // Then
        second.awaitNumbers(2);
        assertThat(second.awaitFirst(event -> event.name().equals("gap")).data())
                .isEqualTo("{\"reason\":\"records-deleted\",\"lost\":[{\"partition\":%d,\"from\":%d,\"to\":%d}]}"
                        .formatted(partition, from, from + 4));
        assertThat(second.numbers()).isEqualTo(range(8, 10));
        assertThat(first.received()).noneMatch(event -> event.name().equals("gap"));
    }

    @Test
    void aPositionThatTheTopicDoesNotHaveIsToldAsAGap() {
        // Given
        Follower first = Follower.of(one.begin(now()), Long.MAX_VALUE);
        StreamPosition position =
                StreamPosition.decode(first.awaitFirst(event -> true).id()).orElseThrow();
        position.set(0, 1L << 40);

        // When
        Follower follower = Follower.of(one.begin(after(position.encode())), Long.MAX_VALUE);

        // Then
        assertThat(follower.awaitFirst(event -> event.name().equals("gap")).data())
                .isEqualTo(
                        "{\"reason\":\"topic-truncated\",\"lost\":[{\"partition\":0,\"from\":1099511627776,\"to\":null}]}");
    }

    @Test
    void aReaderThatFallsBehindTheTailIsToldSoAndGoesOnFromItsId() {
        // Given
        Follower slow = Follower.of(one.begin(now()), 1);
        slow.awaitFirst(event -> true);
        Follower fast = Follower.of(one.begin(now()), Long.MAX_VALUE);
        fast.awaitFirst(event -> true);
        String large = " ".repeat(900_000);

        // When
        publish(IntStream.range(0, 12).mapToObj(number -> large + number));
        fast.awaitNumbers(12);
        slow.take(Long.MAX_VALUE);

        // Then
        slow.awaitEnd();
        Received closed = slow.received().get(slow.received().size() - 1);
        assertThat(closed.name()).isEqualTo("closed");
        assertThat(closed.data()).isEqualTo("{\"reason\":\"too-slow\"}");
        assertThat(slow.numbers()).isEmpty();
        assertThat(fast.numbers()).isEqualTo(range(0, 12));
        Follower resumed = Follower.of(one.begin(after(closed.id())), Long.MAX_VALUE);
        resumed.awaitNumbers(12);
        assertThat(resumed.numbers()).isEqualTo(range(0, 12));
    }

    @Test
    void eightReadWhatCameBeforeAtATimeAndTheNextOneIsToldToComeBack() {
        // Given
        Follower first = Follower.of(one.begin(now()), Long.MAX_VALUE);
        String begin = first.awaitFirst(event -> true).id();
        publish(IntStream.range(0, 400).mapToObj(Integer::toString));
        first.awaitNumbers(400);

        // When
        List<Follower> waiting = IntStream.range(0, CatchUps.MAX)
                .mapToObj(number -> Follower.of(other.begin(after(begin)), 0))
                .toList();

        // Then
        assertThatThrownBy(() -> other.begin(after(begin)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ask again later, with the same Last-Event-ID");
        Follower live = Follower.of(other.begin(now()), Long.MAX_VALUE);
        live.awaitFirst(event -> true);

        // When
        waiting.forEach(Follower::leave);

        // Then
        await().ignoreExceptionsInstanceOf(ProblemException.class).until(() -> {
            Follower late = Follower.of(other.begin(after(begin)), Long.MAX_VALUE);
            late.awaitNumbers(400);
            return late.numbers().equals(range(0, 400));
        });
    }

    @Test
    void aReplicaThatStopsEndsItsStreamsWithIdsThatGoOnElsewhere() {
        // Given
        Follower first = Follower.of(one.begin(now()), Long.MAX_VALUE);
        first.awaitFirst(event -> true);
        events.post(0, 3);
        first.awaitNumbers(3);

        // When
        one.release(new ShutdownDelayInitiatedEvent());

        // Then
        first.awaitEnd();
        Received closed = first.received().get(first.received().size() - 1);
        assertThat(closed.name()).isEqualTo("closed");
        assertThat(closed.data()).isEqualTo("{\"reason\":\"shutdown\"}");
        events.post(3, 5);
        Follower second = Follower.of(other.begin(after(closed.id())), Long.MAX_VALUE);
        second.awaitNumbers(2);
        assertThat(second.numbers()).isEqualTo(range(3, 5));
    }

    @Test
    void aStreamThatIsAsOldAsOneMayBeEndsWithAnIdToGoOnWith() throws Exception {
        // Given
        StreamTimes times = new StreamTimes(Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(30));
        Streams brief = new Streams(kafka, settings, topics, metrics, times);
        Follower live = Follower.of(brief.begin(now()), Long.MAX_VALUE);
        live.awaitFirst(event -> true);
        events.post(0, 2);

        // When
        live.awaitEnd();

        // Then
        Received closed = live.received().get(live.received().size() - 1);
        assertThat(closed.name()).isEqualTo("closed");
        assertThat(closed.data()).isEqualTo("{\"reason\":\"too-old\"}");
        events.post(2, 4);
        Follower resumed = Follower.of(other.begin(after(closed.id())), Long.MAX_VALUE);
        resumed.awaitNumbers(4 - live.numbers().size());
        assertThat(Stream.concat(live.numbers().stream(), resumed.numbers().stream()))
                .containsExactlyElementsOf(range(0, 4));
        brief.stop();
    }

    @Test
    void whoTakesNothingOfWhatCameBeforeLosesThePlace() throws Exception {
        // Given
        Follower first = Follower.of(one.begin(now()), Long.MAX_VALUE);
        String begin = first.awaitFirst(event -> true).id();
        publish(IntStream.range(0, 400).mapToObj(Integer::toString));
        first.awaitNumbers(400);
        StreamTimes times = new StreamTimes(Duration.ofSeconds(15), Duration.ofMinutes(15), Duration.ofMillis(300));
        Streams impatient = new Streams(kafka, settings, topics, metrics, times);

        // When
        Follower stuck = Follower.of(impatient.begin(after(begin)), 0);

        // Then
        stuck.awaitEnd();
        assertThat(stuck.received()).isEmpty();
        await().until(() -> metrics.catchingUp() == 0);
        impatient.stop();
    }

    private void publish(Stream<String> payloads) {
        Map<String, Object> client = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers.addresses().kafkaBootstrapServers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            payloads.forEach(payload -> {
                var unused = producer.send(EventCodec.encode(
                        Events.with()
                                .key(events.subject())
                                .subject(events.subject())
                                .payload(payload)
                                .build(),
                        TOPIC));
            });
            producer.flush();
        }
    }

    private StreamQuery now() {
        return new StreamQuery(events.filter(), null, null, null);
    }

    private StreamQuery after(String id) {
        return new StreamQuery(events.filter(), StreamPosition.decode(id).orElseThrow(), null, null);
    }
}
