package io.sluice.api.messages.stream;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events of a subject of their own, and one key, whose payloads are numbers. */
final class NumberedEvents {

    private final String subject = "stream-" + UUID.randomUUID();

    String subject() {
        return subject;
    }

    /** Those of the subject, to whoever posts without a token. */
    StreamFilter filter() {
        return new StreamFilter(null, null, subject, "anonymous");
    }

    void post(int from, int to) {
        for (int i = from; i < to; i++) {
            given().contentType(ContentType.JSON)
                    .body("{\"key\":\"%s\",\"subject\":\"%s\",\"payload\":%d}".formatted(subject, subject, i))
                    .post("/api/v1/messages")
                    .then()
                    .statusCode(202);
        }
    }

    /** The numbers of messages, which may have blanks before them. */
    static List<Integer> numbers(List<Received> events) {
        return events.stream()
                .filter(Received::isMessage)
                .map(event -> Integer.valueOf(event.data().replaceAll("(?s).*\"payload\":\\s*(\\d+)}", "$1")))
                .toList();
    }

    static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
