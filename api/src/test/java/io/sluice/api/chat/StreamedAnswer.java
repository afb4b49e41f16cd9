package io.sluice.api.chat;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.sluice.api.chat.ChatTest.Event;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer that came as events. */
record StreamedAnswer(List<Event> events) {

    static StreamedAnswer to(String question) throws IOException {
        return new StreamedAnswer(Event.all(given().contentType(ContentType.JSON)
                .accept("text/event-stream")
                .body(Map.of("question", question))
                .post("/api/v1/chat")
                .then()
                .statusCode(200)
                .extract()
                .asString()));
    }

    Event sources() {
        return events.get(0);
    }

    /** All pieces of the text together. */
    String text() {
        return events.stream()
                .filter(event -> event.name().equals("delta"))
                .map(event -> event.data().path("text").textValue())
                .collect(Collectors.joining());
    }

    Event last() {
        return events.get(events.size() - 1);
    }
}
