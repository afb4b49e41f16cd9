package io.sluice.api.messages.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewMessageTest {

    @Test
    void everythingThatAClientCanSay() {
        // Given
        String body =
                """
                {"id": "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "type": "order.placed", "key": "order-42", "subject": "orders",
                 "payload": {"total": 99.50}}""";

        // When
        NewMessage message = NewMessage.parse(body.getBytes(UTF_8), new Violations());

        // Then
        assertThat(message.id()).isEqualTo(UUID.fromString("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"));
        assertThat(message.type()).isEqualTo("order.placed");
        assertThat(message.key()).isEqualTo("order-42");
        assertThat(message.subject()).isEqualTo("orders");
        assertThat(message.payload()).asString(UTF_8).isEqualTo("{\"total\": 99.50}");
    }

    @Test
    void onlyAPayloadIsNeeded() {
        NewMessage message = parse("{\"payload\":null}");

        assertThat(message.id()).isNull();
        assertThat(message.type()).isEqualTo("message");
        assertThat(message.key()).isNull();
        assertThat(message.subject()).isNull();
        assertThat(message.payload()).asString(UTF_8).isEqualTo("null");
    }

    @Test
    void nullIsTheSameAsLeftOut() {
        NewMessage message = parse("{\"id\":null,\"type\":null,\"key\":null,\"subject\":null,\"payload\":1}");

        assertThat(message).usingRecursiveComparison().isEqualTo(parse("{\"payload\":1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e200000",
                "\"\\u0000\"",
                "\"\\ud800\"",
                "{ \"a\" : 1 , \"a\" : 2 }",
                "[ 1.0,\t100000000000000000000000 ]",
                "\"ä€😀\""
            })
    void thePayloadIsTheBytesThatCame(String payload) {
        assertThat(parse("{ \"payload\" :  " + payload + " \n}").payload())
                .asString(UTF_8)
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                       | /payload | is missing",
                "{\"payload\":1,\"payload\":2}            | /payload | stands twice",
                "{\"payload\":1,\"Key\":\"a\"}            | /Key     | is unknown",
                "{\"payload\":1,\"a/b~c\":1}              | /a~1b~0c | is unknown",
                "{\"payload\":1,\"\\ud800\":1}            | /?       | is unknown",
                "{\"payload\":1,\"key\":7}                | /key     | must be a string",
                "{\"payload\":1,\"key\":\"\"}             | /key     | must not be empty",
                "{\"payload\":1,\"key\":\"a\\u0000\"}     | /key     | must not contain control characters",
                "{\"payload\":1,\"subject\":\"\\ud800\"}  | /subject | must not contain half of a surrogate pair",
                "{\"payload\":1,\"type\":[]}              | /type    | must be a string",
                "{\"payload\":1,\"id\":\"7\"}             | /id      | must be a UUID of version 4 or 7",
                "{\"payload\":1,\"id\":\"a987fbc9-4bed-5078-9f07-9141ba07c9f3\"} | /id | must be a UUID of version 4"
                        + " or 7",
                "[1]                                      | ``       | must be one JSON object in UTF-8",
                "{\"payload\":1}x                         | ``       | nothing may follow",
            })
    void aViolationNamesThePlaceAndTheRemedy(String body, String pointer, String detail) {
        ProblemException problem = refused(body);

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(problem.problem().violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer);
            assertThat(violation.detail()).contains(detail);
        });
    }

    @Test
    void allViolationsAreNamedAtOnce() {
        ProblemException problem = refused("{\"id\":1,\"type\":2,\"key\":3,\"subject\":4}");

        assertThat(problem.problem().violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/id", "/type", "/key", "/subject", "/payload");
    }

    @Test
    void theListOfViolationsIsBounded() {
        StringBuilder body = new StringBuilder("{\"payload\":1");
        for (int i = 0; i < 1000; i++) {
            body.append(",\"member").append(i).append("\":1");
        }

        assertThat(refused(body + "}").problem().violations()).hasSize(20);
    }

    @Test
    void aPayloadOfTheLargestSizePassesAndOneMoreByteDoesNot() {
        String largest = "\"" + "a".repeat((1 << 20) - 2) + "\"";

        assertThat(parse("{\"payload\":" + largest + "}").payload()).hasSize(1 << 20);
        assertThat(refused("{\"payload\":" + largest + "1}").code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(refused("{\"payload\":\"a" + largest.substring(1) + "}").code())
                .isEqualTo(ProblemCode.CONTENT_TOO_LARGE);
    }

    private static NewMessage parse(String body) {
        return NewMessage.parse(body.getBytes(UTF_8), new Violations());
    }

    private static ProblemException refused(String body) {
        return catchThrowableOfType(ProblemException.class, () -> parse(body));
    }
}
