package io.sluice.consumer.reading;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.intake.TopicWriter;
import io.sluice.contract.Event;
import io.sluice.contract.Topic;
import io.sluice.runtime.kafka.OffsetSnapshot;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Servers;
import io.sluice.testkit.TestTopics;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Reads and reports of the program when its topic changes. */
// The program begins with records that were deleted; what makes the topic anew, and with it what is lost and assigned,
// comes last.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@QuarkusTest
@WithTestResource(LostRecords.class)
class ReadersTest {

    private static final String TOPIC = Topic.MESSAGES.name("");

    private static final Pattern LAG = Pattern.compile("sluice_consumer_lag_records\\{partition=\"(\\d+)\"}");

    Servers servers;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    @Order(1)
    void recordsThatWereDeletedUnreadAreToldAndTheProgramStaysReady() {
        await().untilAsserted(() -> given().get("/health/ready")
                .then()
                .statusCode(200)
                .body(
                        "checks.find { it.name == 'intake' }.data.lost",
                        is("records were deleted before they were read, of messages-0: 2")));
        given().get(metrics)
                .then()
                .body(containsString("sluice_consumer_records_lost_total{topic=\"messages\"} 2.0"))
                .body(containsString("sluice_consumer_records_lost_total{topic=\"dead-letters\"} 0.0"));
    }

    @Test
    @Order(3)
    void aTopicThatIsMadeAnewIsReadFromItsBeginningAndTheLagTellsTheTruth() throws Exception {
        Messages messages = new Messages(servers.addresses().databaseUrl());
        Event[] before = Stream.generate(Events::any).limit(50).toArray(Event[]::new);
        Event[] after = Stream.generate(Events::any).limit(20).toArray(Event[]::new);
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.addresses().kafkaBootstrapServers()))) {
            // Given
            write(before);
            awaitStored(messages, before);

            // When
            TestTopics.recreate(admin, new NewTopic(TOPIC, 12, (short) 1));
            write(after);

            // Then
            awaitStored(messages, after);
            await().untilAsserted(() -> assertThat(committed(admin)).isEqualTo(after.length));
            await().untilAsserted(() -> assertThat(
                            OffsetSnapshot.fetch(admin, TOPIC, "sluice").lag().values())
                    .containsOnly(0L));
        }
    }

    @Test
    @Order(2)
    void theLagIsShownOfAssignedPartitionsAlone() {
        // Given
        await().untilAsserted(() -> assertThat(partitionsWithLag()).hasSize(12));
        Set<String> all = partitionsWithLag();

        try (KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers.addresses().kafkaBootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "sluice",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        CooperativeStickyAssignor.class.getName()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            // When
            other.subscribe(List.of(TOPIC));

            // Then
            await().untilAsserted(() -> {
                other.poll(Duration.ofMillis(100));
                Set<String> others = other.assignment().stream()
                        .map(partition -> Integer.toString(partition.partition()))
                        .collect(Collectors.toSet());
                assertThat(others).isNotEmpty();
                assertThat(partitionsWithLag()).isNotEmpty().doesNotContainAnyElementsOf(others);
            });
        }
        await().untilAsserted(() -> assertThat(partitionsWithLag()).isEqualTo(all));
    }

    private Set<String> partitionsWithLag() {
        return LAG.matcher(given().get(metrics).then().statusCode(200).extract().asString())
                .results()
                .map(series -> series.group(1))
                .collect(Collectors.toSet());
    }

    private void write(Event... events) {
        try (TopicWriter topic = new TopicWriter(servers.addresses().kafkaBootstrapServers())) {
            topic.write(events);
        }
    }

    private static void awaitStored(Messages messages, Event... events) {
        List<UUID> ids = Stream.of(events).map(Event::id).toList();
        await().untilAsserted(() -> assertThat(messages.find(ids)).hasSameSizeAs(ids));
    }

    /** The sum over all partitions; before the first event of a new topic there is none. */
    private static long committed(Admin admin) throws InterruptedException, ExecutionException {
        return admin.listConsumerGroupOffsets("sluice").partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(TOPIC) && entry.getValue() != null)
                .map(Map.Entry::getValue)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }
}
