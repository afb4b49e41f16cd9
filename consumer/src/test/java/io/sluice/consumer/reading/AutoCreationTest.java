package io.sluice.consumer.reading;

import static io.quarkus.test.common.TestResourceScope.RESTRICTED_TO_CLASS;
import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.intake.TopicWriter;
import io.sluice.contract.Topic;
import io.sluice.local.KafkaServer;
import io.sluice.testkit.Records;
import io.sluice.testkit.TestTopics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The program makes no topic, neither by reading it nor by writing to it; init-job does, with its settings. */
@QuarkusTest
@WithTestResource(value = AutoCreatingBroker.class, scope = RESTRICTED_TO_CLASS)
class AutoCreationTest {

    private static final String DEAD_LETTERS = Topic.DEAD_LETTERS.name("");

    KafkaServer kafka;

    @Test
    void whatIsMissingStaysMissingUntilInitJobMakesIt() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
                TopicWriter topic = new TopicWriter(kafka.bootstrapServers())) {
            // Given
            await().untilAsserted(() -> given().get("/health/ready")
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'topics' }.data.detail", containsString("run init-job")));
            assertThat(admin.listTopics().names().get()).doesNotContain(TopicWriter.TOPIC, DEAD_LETTERS);

            // When: there is something to read, and a dead letter to write
            create(admin, TopicWriter.TOPIC);
            topic.write(new ProducerRecord<>(TopicWriter.TOPIC, 0, null, "garbage".getBytes(UTF_8)));

            // Then
            await().untilAsserted(() -> given().get("/health/ready")
                    .then()
                    .body("checks.find { it.name == 'intake' }.data.detail", containsString("dead-letters")));
            assertThat(admin.listTopics().names().get()).doesNotContain(DEAD_LETTERS);

            // When
            create(admin, DEAD_LETTERS);

            // Then
            Records letters = new Records(kafka.bootstrapServers(), DEAD_LETTERS);
            assertThat(letters.awaitFirst(letter -> true).value()).isEqualTo("garbage".getBytes(UTF_8));
        }
    }

    private static void create(Admin admin, String topic) throws InterruptedException, ExecutionException {
        TestTopics.create(admin, new NewTopic(topic, 1, (short) 1));
    }
}
