package io.sluice.api.deadletters;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.testkit.SluiceServers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ReadTest {

    private final StoredDeadLetters letters;

    ReadTest(StoredDeadLetters letters) {
        this.letters = letters;
    }

    @Test
    void theRecordIsShownAsTextWhereItIsTextElseInBase64() {
        // Given
        UUID id = letters.with()
                .key("Zoë".getBytes(UTF_8))
                .value(new byte[] {0, (byte) 0xFF, '{', (byte) 0xC0})
                .header("text", "\"a\"\n\u2028")
                .header("nul", "a\0b")
                .header("none", (byte[]) null)
                .header("empty", "")
                .store();

        // When
        ValidatableResponse answer = get(id);

        // Then
        answer.statusCode(200)
                .body("id", is(id.toString()))
                .body("attempts", is(1))
                .body("record.key.text", is("Zoë"))
                .body("record.key.base64", nullValue())
                .body("record.value.base64", is("AP97wA=="))
                .body("record.value.text", nullValue())
                .body("record.headers.name", contains("text", "nul", "none", "empty"))
                .body("record.headers[0].value.text", is("\"a\"\n\u2028"))
                .body("record.headers[1].value.base64", is("YQBi"))
                .body("record.headers[2].value", nullValue())
                .body("record.headers[3].value.text", is(""))
                .body("actions", empty());
    }

    @Test
    void aRecordWithoutKeyAndValueHasNone() {
        UUID id = letters.with().key(null).value((byte[]) null).store();

        get(id).body("record.key", nullValue())
                .body("record.value", nullValue())
                .body("record.headers", empty())
                .body("size", is(0));
    }

    @Test
    void failuresAndActionsAreShownOldestFirst() {
        // Given
        UUID id = letters.with().reason("rejected-by-database").store();
        letters.execute(
                "insert into dead_letter_actions (dead_letter_id, action, who, outcome) values (?, 'redrive', 'a', 'sent')",
                id);
        UUID event = UUID.randomUUID();
        letters.fail(id, "idempotency-conflict", event);
        letters.execute(
                "insert into dead_letter_actions (dead_letter_id, action, who) values (?, 'redrive-as-new', 'b')", id);

        // When
        ValidatableResponse answer = get(id);

        // Then
        answer.body("attempts", is(2))
                .body("failures.reason", contains("rejected-by-database", "idempotency-conflict"))
                .body("failures[0].id", is(id.toString()))
                .body("failures.origin.offset", contains(4711, 5000))
                .body("failures.eventId", contains(null, event.toString()))
                .body("failures[1].failedAt", is("2026-01-03T00:00:00Z"))
                .body("actions.action", contains("redrive", "redrive-as-new"))
                .body("actions.who", contains("a", "b"))
                .body("actions.outcome", contains("sent", null));
    }

    @Test
    void oneThatIsNotThereIsNotFound() {
        get(UUID.randomUUID())
                .statusCode(404)
                .body("code", is("not-found"))
                .body("detail", containsString("dead letter"));
    }

    private static ValidatableResponse get(UUID id) {
        return given().get("/api/v1/dead-letters/" + id).then();
    }
}
