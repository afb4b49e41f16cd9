package io.sluice.api.messages.list;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.messages.Rows;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ListTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final String subject = "list-" + UUID.randomUUID();
    private final Rows rows;

    ListTest(Rows rows) {
        this.rows = rows;
    }

    @Test
    void newestFirstAndPagesMissAndRepeatNothingEvenWithinOneInstant() {
        // Given
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            // Batches are stored at one instant: its rows are told apart by seq.
            stored.add(store(Events.with().subject(subject).build(), NOON.plusSeconds(i / 10)));
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
    void aPageThatEndsWithTheLastMessageHasNoNext() {
        store(Events.with().subject(subject).build(), NOON);
        store(Events.with().subject(subject).build(), NOON);

        list("limit=2&subject=" + subject).then().body("items", hasSize(2)).body("next", nullValue());
    }

    @Test
    void keyAndSubjectFilter() {
        store(Events.with().subject(subject).key("a").build(), NOON);
        String wanted = store(Events.with().subject(subject).key("b").build(), NOON);
        store(Events.with().subject("other").key("b").build(), NOON);

        list("key=b&subject=" + subject).then().body("items.id", is(List.of(wanted)));
    }

    @Test
    void aPageOfKeyAndSubjectLooksAtSoManyMessagesOfTheKeyAndTheNextGoesOn() {
        // Given
        String key = "huge-" + UUID.randomUUID();
        String oldest = store(Events.with().subject(subject).key(key).build(), NOON);
        rows.storeMany(key, MessagePages.MAX_SCANNED + 1, NOON.plusSeconds(1));
        String newest = store(Events.with().subject(subject).key(key).build(), NOON.plusSeconds(2));

        // When
        Response first = list("key=" + key + "&subject=" + subject);
        Response second =
                given().urlEncodingEnabled(false).get(first.header("Link").replaceAll("<(.*)>.*", "$1"));

        // Then
        first.then().body("items.id", is(List.of(newest)));
        second.then().body("items.id", is(List.of(oldest))).body("next", nullValue());
    }

    @Test
    void aPageOfKeyAndSubjectCanBeEmptyAndHaveANext() {
        // Given
        String key = "huge-" + UUID.randomUUID();
        rows.storeMany(key, MessagePages.MAX_SCANNED, NOON);

        // When
        Response first = list("key=" + key + "&subject=" + subject);
        Response second =
                given().urlEncodingEnabled(false).get(first.header("Link").replaceAll("<(.*)>.*", "$1"));

        // Then
        first.then().body("items", hasSize(0));
        second.then().body("items", hasSize(0)).body("next", nullValue());
    }

    @Test
    void aTypeIsLookedForInSoManyMessagesAndTheNextGoesOn() {
        // Given
        String oldest = store(Events.with().subject(subject).type("wanted").build(), NOON);
        rows.storeMany(null, "", subject, MessagePages.MAX_SCANNED, NOON.plusSeconds(1));

        // When
        Response first = list("type=wanted&subject=" + subject);
        Response second = next(first);

        // Then
        first.then().body("items", hasSize(0));
        second.then().body("items.id", is(List.of(oldest))).body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "'', '0 1 2 3'",
        "type=t, '0 1 3'",
        "key=k, '0 1 2'",
        "key=k&type=t, '0 1'",
        "since=2026-01-02T12:00:01Z, '1 2 3'",
        "until=2026-01-02T12:00:01Z, '0'",
        "since=2026-01-02T12:00:01Z&until=2026-01-02T12:00:03Z, '1 2'",
        "key=k&type=t&since=2026-01-02T13:00:01%2B01:00, '1'",
        "since=2026-01-02T12:00:03.000001Z, ''",
        "until=2026-01-02T12:00:00Z, ''",
    })
    void filtersHoldTogetherInEachOrder(String filter, String expected) {
        // Given
        List<String> stored = List.of(
                store(Events.with().subject(subject).type("t").key("k").build(), NOON),
                store(Events.with().subject(subject).type("t").key("k").build(), NOON.plusSeconds(1)),
                store(Events.with().subject(subject).type("u").key("k").build(), NOON.plusSeconds(2)),
                store(Events.with().subject(subject).type("t").key("l").build(), NOON.plusSeconds(3)));
        List<String> wanted = new ArrayList<>(Arrays.stream(expected.split(" "))
                .filter(number -> !number.isEmpty())
                .map(number -> stored.get(Integer.parseInt(number)))
                .toList());

        // When, then
        String query = "limit=1&subject=" + subject + (filter.isEmpty() ? "" : "&" + filter);
        assertThat(all(query + "&order=asc")).isEqualTo(wanted);
        Collections.reverse(wanted);
        assertThat(all(query)).isEqualTo(wanted);
    }

    private static List<String> all(String query) {
        List<String> listed = new ArrayList<>();
        Response page = list(query);
        listed.addAll(page.then().statusCode(200).extract().path("items.id"));
        while (page.header("Link") != null) {
            page = next(page);
            listed.addAll(page.then().statusCode(200).extract().path("items.id"));
        }
        return listed;
    }

    private static Response next(Response page) {
        return given().urlEncodingEnabled(false).get(page.header("Link").replaceAll("<(.*)>.*", "$1"));
    }

    @Test
    void aPageIsCutWhereItGetsTooLarge() {
        // Given
        String largest = "\"" + "x".repeat((1 << 20) - 2) + "\"";
        for (int i = 0; i < 5; i++) {
            store(Events.with().subject(subject).payload(largest).build(), NOON);
        }

        // When
        Response page = list("subject=" + subject);

        // Then
        page.then().body("items", hasSize(2));
        assertThat(page.header("Link")).contains("rel=\"next\"");
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        store(Events.with().subject(subject).build(), NOON);
        store(Events.with().subject(subject).build(), NOON);
        String cursor = list("limit=1&subject=" + subject).path("next");

        list("limit=1&key=b&cursor=" + cursor).then().statusCode(400).body("violations[0].parameter", is("cursor"));
    }

    private String store(Event event, Instant storedAt) {
        rows.store(event, storedAt);
        return event.id().toString();
    }

    private static Response list(String query) {
        return given().urlEncodingEnabled(false).get("/api/v1/messages?" + query);
    }
}
