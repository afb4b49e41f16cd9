package io.sluice.consumer.intake;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.reading.LostRecords;
import io.sluice.contract.Event;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** PostgreSQL can go away and come back. */
@QuarkusTest
@WithTestResource(LostRecords.class)
class DatabaseAwayTest {

    Servers servers;

    @Test
    void theIntakePausesSaysSoAndLosesNothing() {
        // Given
        Messages messages = new Messages(servers.addresses().databaseUrl());
        long before = messages.count();
        int letters = awaitLetterOfTheFirstRecord();
        Event[] events = Stream.generate(Events::any).limit(500).toArray(Event[]::new);
        await().untilAsserted(() -> given().get("/health/ready").then().statusCode(200));

        try (TopicWriter topic = new TopicWriter(servers.addresses().kafkaBootstrapServers())) {
            // When
            servers.postgres().kill();
            topic.write(events);

            // Then
            await().untilAsserted(() -> given().get("/health/ready")
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'intake' }.data.detail", containsString("waits for database")));
            given().get("/health/live").then().statusCode(200);

            // When
            servers.postgres().start();

            // Then
            await().until(() -> messages.count() == before + events.length);
            await().untilAsserted(() ->
                    given().get("/health/ready").then().statusCode(200).body("status", is("UP")));
            assertThat(deadLetters().all()).hasSize(letters);
        }
    }

    private int awaitLetterOfTheFirstRecord() {
        return deadLetters().await(letters -> !letters.isEmpty()).size();
    }

    private Records deadLetters() {
        return new Records(servers.addresses().kafkaBootstrapServers(), Topic.DEAD_LETTERS.name(""));
    }
}
