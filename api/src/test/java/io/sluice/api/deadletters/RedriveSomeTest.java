package io.sluice.api.deadletters;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.EventId;
import io.sluice.testkit.SluiceServers;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class RedriveSomeTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final String subject = "redrive-" + UUID.randomUUID();
    private final StoredDeadLetters letters;
    private final Topics topics;

    RedriveSomeTest(StoredDeadLetters letters, Topics topics) {
        this.letters = letters;
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    @Test
    void theOldestAreSentFirstAndAsManyAsWereAskedFor() {
        // Given
        UUID third = store(3, "undecodable", "3");
        UUID first = store(1, "foreign", "1");
        UUID second = store(2, "idempotency-conflict", "2");

        // When
        Response answer = redrive("as=new&limit=2&subject=" + subject);

        // Then
        answer.then().statusCode(200).body("redriven", is(2)).body("refused", empty());
        assertThat(letters.read(first, "state")).isEqualTo("redriven");
        assertThat(letters.read(second, "state")).isEqualTo("redriven");
        assertThat(letters.read(third, "state")).isEqualTo("open");
        given().get("/api/v1/dead-letters/" + first).then().body("actions.outcome", contains("sent"));

        // When
        Response rest = redrive("as=new&limit=2&subject=" + subject + "&cursor=" + answer.path("next"));

        // Then
        rest.then().body("redriven", is(1)).body("next", nullValue());
        assertThat(letters.read(third, "state")).isEqualTo("redriven");
        redrive("as=new&subject=" + subject).then().body("redriven", is(0)).body("next", nullValue());
    }

    @Test
    void whatCanOnlyBeRedrivenInTheOtherWayIsLeftAlone() {
        // Given
        UUID rejected = store(1, "rejected-by-database", "1");
        UUID conflict = store(2, "idempotency-conflict", "2");

        // When
        Response answer = redrive("subject=" + subject);

        // Then
        answer.then().body("redriven", is(1)).body("refused", empty()).body("next", nullValue());
        assertThat(letters.read(rejected, "state")).isEqualTo("redriven");
        assertThat(letters.read(conflict, "state")).isEqualTo("open");
    }

    @Test
    void amongManyEachIsWhatItFailedAs() {
        // Given
        UUID asNew = store(1, "idempotency-conflict", "1");
        letters.fail(asNew, "rejected-by-database", EventId.ofRedriven(asNew));
        UUID asItWas = store(2, "rejected-by-database", "2");

        // When
        Response answer = redrive("subject=" + subject);

        // Then
        answer.then().body("redriven", is(2)).body("refused", empty());
        assertThat(RedriveTest.awaitRedriven(asNew)
                        .headers()
                        .lastHeader("ce_id")
                        .value())
                .asString()
                .isEqualTo(EventId.ofRedriven(asNew).toString());
        assertThat(RedriveTest.awaitRedriven(asItWas).headers().toArray())
                .extracting(Header::key)
                .containsExactly("sluice_dead_letter_id");
    }

    @Test
    void whatIsRefusedIsNamedAndPassedBy() {
        // Given
        UUID garbage = store(1, "undecodable", "{");
        UUID next = store(2, "undecodable", "2");

        // When
        Response first = redrive("as=new&limit=1&reason=undecodable&subject=" + subject);
        Response second =
                redrive("as=new&limit=1&reason=undecodable&subject=" + subject + "&cursor=" + first.path("next"));

        // Then
        first.then()
                .body("redriven", is(0))
                .body("refused", hasSize(1))
                .body("refused[0].id", is(garbage.toString()))
                .body("refused[0].detail", containsString("the value is not JSON"));
        second.then().body("redriven", is(1)).body("next", nullValue());
        assertThat(letters.read(next, "state")).isEqualTo("redriven");
        given().get("/api/v1/dead-letters/" + garbage).then().body("actions", empty());
    }

    @Test
    void noMoreAreSentAtOnceThanFitIntoMemory() {
        // Given
        String largest = "\"" + "x".repeat((1 << 20) - 2) + "\"";
        for (int i = 0; i < 3; i++) {
            letters.with()
                    .event(UUID.randomUUID(), "message", null, subject)
                    .reason("idempotency-conflict")
                    .key(null)
                    .value(largest)
                    .storedAt(NOON.plusSeconds(i))
                    .store();
        }

        // When
        Response first = redrive("as=new&subject=" + subject);
        Response second = redrive("as=new&subject=" + subject + "&cursor=" + first.path("next"));

        // Then
        first.then().body("redriven", is(2));
        second.then().body("redriven", is(1)).body("next", nullValue());
    }

    @Test
    void whatWasRedrivenIsSentOnceMoreWhereThatIsAskedFor() {
        store(1, "undecodable", "1");
        redrive("as=new&subject=" + subject).then().body("redriven", is(1));

        redrive("as=new&state=redriven&subject=" + subject).then().body("redriven", is(1));
    }

    private UUID store(int seconds, String reason, String value) {
        return letters.with()
                .subject(subject)
                .reason(reason)
                .value(value)
                .storedAt(NOON.plusSeconds(seconds))
                .store();
    }

    private static Response redrive(String query) {
        return given().urlEncodingEnabled(false).post("/api/v1/dead-letters/redrive?" + query);
    }
}
