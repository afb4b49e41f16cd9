package io.sluice.api.deadletters;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.publishing.Topics;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Servers;
import io.sluice.testkit.Suspension;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(OwnServers.class)
class RedriveKafkaAwayTest {

    private final StoredDeadLetters letters;
    private final Topics topics;
    Servers servers;

    RedriveKafkaAwayTest(StoredDeadLetters letters, Topics topics) {
        this.letters = letters;
        this.topics = topics;
    }

    @Test
    void whatKafkaDoesNotAcknowledgeStaysOpenAndIsSentWhenItDoes() {
        // Given
        await().until(topics::seen);
        await().until(() -> given().get("/health").statusCode() == 200);
        UUID id =
                letters.with().reason("rejected-by-database").subject("silent").store();
        try (Suspension silence = new Suspension(servers.kafka().process())) {
            silence.begin();

            // When
            ValidatableResponse unknown = redrive("/" + id + "/redrive");
            ValidatableResponse refused = redrive("/redrive?subject=silent");
            silence.end();

            // Then
            unknown.statusCode(503).body("code", is("outcome-unknown")).body("id", is(id.toString()));
            refused.statusCode(503);
            assertThat(letters.read(id, "state")).isEqualTo("open");
            await().untilAsserted(
                            () -> redrive("/redrive?subject=silent&limit=1").statusCode(200));
            given().get("/api/v1/dead-letters/" + id)
                    .then()
                    .body("state", is("redriven"))
                    .body("actions.findAll { it.outcome == 'sent' }.action", contains("redrive"))
                    .body("actions[0].outcome", is("outcome-unknown"));
        }
    }

    private static ValidatableResponse redrive(String path) {
        return given().urlEncodingEnabled(false)
                .post("/api/v1/dead-letters" + path)
                .then();
    }
}
