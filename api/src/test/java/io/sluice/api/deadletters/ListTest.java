package io.sluice.api.deadletters;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testkit.SluiceServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ListTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final String subject = "list-" + UUID.randomUUID();
    private final StoredDeadLetters letters;

    ListTest(StoredDeadLetters letters) {
        this.letters = letters;
    }

    @Test
    void newestFirstAndPagesMissAndRepeatNothingEvenWithinOneInstant() {
        // Given
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            stored.add(letters.with()
                    .subject(subject)
                    .storedAt(NOON.plusSeconds(i / 10))
                    .store()
                    .toString());
        }
        Collections.reverse(stored);

        // When
        List<String> listed = new ArrayList<>();
        Response page = list("limit=7&subject=" + subject);
        listed.addAll(page.path("items.id"));
        while (page.header("Link") != null) {
            page = given().urlEncodingEnabled(false).get(page.header("Link").replaceAll("<(.*)>.*", "$1"));
            listed.addAll(page.path("items.id"));
        }

        // Then
        assertThat(listed).isEqualTo(stored);
        page.then().body("next", nullValue());
    }

    @Test
    void anEntrySaysWhatItIsAndNothingOfItsBytes() {
        // Given
        UUID event = UUID.randomUUID();
        UUID id = letters.with()
                .reason("rejected-by-database")
                .event(event, "order.placed", "order-42", subject)
                .value("{\"total\": 99.50}")
                .storedAt(Instant.parse("2026-01-02T03:04:05.701234Z"))
                .store();

        // When
        Response page = list("subject=" + subject);

        // Then
        page.then()
                .body("items", hasSize(1))
                .body("items[0].id", is(id.toString()))
                .body("items[0].state", is("open"))
                .body("items[0].reason", is("rejected-by-database"))
                .body("items[0].detail", is("one sentence"))
                .body("items[0].attempts", is(1))
                .body("items[0].origin.topic", is("messages"))
                .body("items[0].origin.partition", is(3))
                .body("items[0].origin.offset", is(4711))
                .body("items[0].eventId", is(event.toString()))
                .body("items[0].type", is("order.placed"))
                .body("items[0].key", is("order-42"))
                .body("items[0].subject", is(subject))
                .body("items[0].failedAt", is("2026-01-02T03:04:05.678Z"))
                .body("items[0].lastFailedAt", is("2026-01-02T03:04:05.678Z"))
                .body("items[0].storedAt", is("2026-01-02T03:04:05.701234Z"))
                .body("items[0].resolvedAt", nullValue())
                .body("items[0].size", is(16))
                .body("items[0].record", nullValue());
        assertThat(page.asString()).doesNotContain("99.50");
    }

    @Test
    void aRecordThatIsNothingAtAllIsListed() {
        UUID id = letters.with()
                .reason("undecodable")
                .key(null)
                .value((byte[]) null)
                .store();

        list("limit=500").then().body("items.find { it.id == '%s' }.size".formatted(id), is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=resolved", "reason=foreign", "type=t", "key=k"})
    void eachFilterLeavesTheOthersOut(String filter) {
        // Given
        UUID wanted = letters.with()
                .reason("foreign")
                .event(UUID.randomUUID(), "t", "k", subject)
                .store();
        letters.execute("update dead_letters set state = 'resolved', resolved_at = now() where id = ?", wanted);
        letters.with().subject(subject).store();

        // When
        Response page = list(filter + "&subject=" + subject);

        // Then
        page.then().body("items.id", is(List.of(wanted.toString()))).body("next", nullValue());
    }

    @Test
    void whatIsOpenIsListedWithoutTheRest() {
        UUID open = letters.with().subject(subject).store();
        UUID redriven = letters.with().subject(subject).store();
        letters.execute("update dead_letters set state = 'redriven' where id = ?", redriven);

        list("state=open&subject=" + subject).then().body("items.id", is(List.of(open.toString())));
        list("state=redriven&subject=" + subject).then().body("items.id", is(List.of(redriven.toString())));
    }

    @Test
    void wherePagesLookAtManyAndFindNoneTheListGoesOn() {
        // Given
        UUID wanted = letters.with()
                .subject(subject)
                .storedAt(Instant.parse("2001-01-01T00:00:00Z"))
                .store();
        letters.execute(
                """
                insert into dead_letters (
                    id, reason, detail, attempts, origin_topic, origin_partition, origin_offset, header_keys, header_values,
                    failed_at, last_failed_at, stored_at)
                select gen_random_uuid(), 'undecodable', 'many', 1, 'messages', 0, 1, '{}', '{}', now(), now(),
                    timestamptz '2002-01-01T00:00:00Z'
                  from generate_series(1, %d)"""
                        .formatted(Selection.MAX_SCANNED));

        // When
        Response first = list("state=open&subject=" + subject);
        Response second =
                given().urlEncodingEnabled(false).get(first.header("Link").replaceAll("<(.*)>.*", "$1"));
        letters.execute("delete from dead_letters where detail = 'many'");

        // Then
        first.then().body("items", empty()).body("next", notNullValue());
        second.then().body("items.id", is(List.of(wanted.toString())));
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        letters.with().subject(subject).store();
        letters.with().subject(subject).store();
        String cursor = list("limit=1&subject=" + subject).path("next");

        for (String other : List.of("state=open", "reason=foreign", "type=t", "key=k")) {
            list("cursor=" + cursor + "&subject=" + subject + "&" + other)
                    .then()
                    .statusCode(400)
                    .body("violations[0].parameter", is("cursor"));
        }
    }

    private static Response list(String query) {
        return given().urlEncodingEnabled(false).get("/api/v1/dead-letters?" + query);
    }
}
