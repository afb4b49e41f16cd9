package io.sluice.api.publishing;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.Suspension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka can be slow. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class EventPublisherTest {

    /** The producer's memory is 32 MiB. */
    private static final int MORE_THAN_CAN_WAIT = 600;

    /** Too many for a batch of 64 KiB in each. */
    private static final int MANY_PARTITIONS = 600;

    private static final byte[] LARGE = ("\"" + "x".repeat(64 << 10) + "\"").getBytes(UTF_8);

    private final EventPublisher publisher;
    private final Topics topics;
    private final EventProducer producer;
    Servers servers;

    EventPublisherTest(EventPublisher publisher, Topics topics, EventProducer producer) {
        this.publisher = publisher;
        this.topics = topics;
        this.producer = producer;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
        await().until(() -> given().get("/health").statusCode() == 200);
    }

    @Test
    void whatCannotWaitIsNotAcceptedAndWhatWaitsIsDeliveredWhenKafkaGoesOn() {
        // Given
        publisher.publish(Events.any()).await().atMost(Duration.ofSeconds(10));
        Records published = new Records(servers.kafka().bootstrapServers(), Topic.MESSAGES.name(""));
        int before = published.all().size();
        try (Suspension silence = new Suspension(servers.kafka().process())) {
            silence.begin();

            // When
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (int i = 0; i < MORE_THAN_CAN_WAIT; i++) {
                answers.add(
                        publisher.publish(Events.with().payload(LARGE).build()).subscribeAsCompletionStage());
            }
            silence.end();

            // Then
            var acceptedOrNot = answers.stream().collect(Collectors.partitioningBy(EventPublisherTest::isAccepted));
            assertThat(acceptedOrNot.get(false)).isNotEmpty();
            int delivered = before + acceptedOrNot.get(true).size();
            published.await(all -> all.size() == delivered);
        }
    }

    @Test
    void eventsOfManyPartitionsHaveRoomForABatchInEach() throws Exception {
        // Given
        String messages = Topic.MESSAGES.name("");
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            admin.createPartitions(Map.of(messages, NewPartitions.increaseTo(MANY_PARTITIONS)))
                    .all()
                    .get();
        }
        try {
            await().until(() -> requireNonNull(topics.current()).partitions() == MANY_PARTITIONS);
            producer.stop();
            awaitAcknowledged();
            try (Suspension silence = new Suspension(servers.kafka().process())) {
                silence.begin();

                // When
                List<CompletableFuture<Void>> answers = new ArrayList<>();
                for (int i = 0; i < 2 * MANY_PARTITIONS; i++) {
                    answers.add(publisher.publish(Events.any()).subscribeAsCompletionStage());
                }
                silence.end();

                // Then
                assertThat(answers)
                        .allSatisfy(answer -> assertThat(isAccepted(answer)).isTrue());
            }
        } finally {
            servers.makeAnew(messages);
        }
    }

    /** By a Kafka that is not taken for silent. */
    private void awaitAcknowledged() {
        await().ignoreExceptions().until(() -> {
            publisher.publish(Events.any()).await().atMost(Duration.ofSeconds(10));
            return given().get("/health").statusCode() == 200;
        });
    }

    /** True if the producer has taken the event, acknowledged in time or not. */
    private static boolean isAccepted(CompletableFuture<Void> answer) {
        try {
            answer.join();
            return true;
        } catch (CompletionException e) {
            return ((ProblemException) e.getCause()).code() == ProblemCode.OUTCOME_UNKNOWN;
        }
    }
}
