package io.sluice.api.messages.bulk;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.contract.UndecodableRecordException;
import io.sluice.testkit.Events;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests with many events, and what they have published on the topic that tests share. */
final class BulkRequests {

    private static final RestAssuredConfig AS_IT_IS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private BulkRequests() {}

    /** So many events of a key. */
    static String lines(String key, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "{\"key\":\"" + key + "\",\"payload\":{\"n\": " + n + "}}\n")
                .collect(Collectors.joining());
    }

    /** Posts lines, with a header if one is given. */
    static ValidatableResponse post(String body, String... header) {
        RequestSpecification request = request().body(body.getBytes(UTF_8));
        return (header.length == 0 ? request : request.header(header[0], header[1]))
                .post("/api/v1/messages")
                .then();
    }

    /** Posts a body that says it is encoded so. */
    static ValidatableResponse post(byte[] body, String coding) {
        return request()
                .header("Content-Encoding", coding)
                .body(body)
                .post("/api/v1/messages")
                .then();
    }

    private static RequestSpecification request() {
        return given().config(AS_IT_IS).contentType("application/x-ndjson");
    }

    /** The events of a key on the topic. */
    static List<Event> published(String key) {
        Records topic = new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name(""));
        return topic.all().stream()
                .map(record -> {
                    try {
                        return EventCodec.decode(record);
                    } catch (UndecodableRecordException others) {
                        return Events.any();
                    }
                })
                .filter(event -> key.equals(event.key()))
                .toList();
    }
}
