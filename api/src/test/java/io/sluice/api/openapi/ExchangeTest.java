package io.sluice.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {

    private static final String ID = "019b7ca9-8f2e-7d42-9b6a-5e8f2c4d1a70";
    /** Members of a task but its id. */
    private static final String TASK =
            """
            "title":"t","description":null,"due":null,"priority":"high","tags":[],"status":"open","version":1,\
            "createdAt":"2026-11-28T03:04:05Z","updatedAt":"2026-11-28T03:04:05Z","completedAt":null""";

    private static final String NOT_FOUND =
            """
            {"type":"/problems/not-found.md","title":"Not found","status":404,"detail":"d","code":"not-found"}""";
    private static final String ORIGIN_REFUSED =
            """
            {"type":"/problems/origin-refused.md","title":"The origin may not call","status":403,"detail":"d",
            "code":"origin-refused"}""";

    private static final String NOT_ALLOWED =
            """
            {"type":"/problems/method-not-allowed.md","title":"Method not allowed","status":405,"detail":"d",\
            "code":"method-not-allowed"}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "201 | application/json | /api/v1/tasks/" + ID + " | {\"id\":\"" + ID + "\"," + TASK + "} | ``",
                "200 | application/json | /api/v1/tasks/" + ID + " | {\"id\":\"" + ID + "\"," + TASK + "} | status 200",
                "201 | text/plain | /api/v1/tasks/" + ID + " | {\"id\":\"" + ID + "\"," + TASK
                        + "} | media type text/plain",
                "201 | application/json | `` | {\"id\":\"" + ID + "\"," + TASK + "} | no header Location",
                "201 | application/json | /somewhere/else | {\"id\":\"" + ID + "\"," + TASK + "} | header Location",
                "201 | application/json | /api/v1/tasks/" + ID + " | {\"id\":42," + TASK + "} | body/id",
                "201 | application/json | /api/v1/tasks/" + ID + " | {\"a\":1,\"id\":\"" + ID + "\"," + TASK
                        + "} | 'a'",
                "201 | application/json | /api/v1/tasks/" + ID + " | {" + TASK + "} | 'id'",
                "201 | application/json | /api/v1/tasks/" + ID + " | { | body",
            })
    void whatTheDocumentDoesNotSayOfAnAnswerIsFound(
            String status, String contentType, String location, String body, String violation) {
        Map<String, String> headers =
                new HashMap<>(Map.of("content-type", contentType, "content-length", "7", "etag", "\"1\""));
        if (!location.isEmpty()) {
            headers.put("location", location);
        }

        assertViolation(new Exchange("POST", "/api/v1/tasks", status, headers, body), violation);
    }

    @Test
    void aHeaderThatIsNotDocumentedIsFound() {
        Map<String, String> headers = Map.of("content-type", "application/problem+json", "x-cache", "hit");

        assertViolation(new Exchange("GET", "/api/v1/messages/" + ID, "404", headers, NOT_FOUND), "header x-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,     /api/v1/messages,     405, 'DELETE, GET, HEAD, OPTIONS, POST', ''",
        "post,    /api/v1/messages,     405, 'DELETE, GET, HEAD, OPTIONS, POST', ''",
        "PUT,     //api/v1/messages;a/, 405, 'DELETE, GET, HEAD, OPTIONS, POST', ''",
        "PUT,     /api/v1/messages,     405, 'GET, HEAD, OPTIONS',       header Allow",
        "PUT,     /api/v1/messages,     404, 'DELETE, GET, HEAD, OPTIONS, POST', status 404",
        "OPTIONS, /api/v1/messages,     204, 'DELETE, GET, HEAD, OPTIONS, POST', ''",
        "OPTIONS, /health,              204, 'GET, POST',                header Allow",
    })
    void aMethodThatIsNotDocumentedIsRefusedAndTheOthersAreAllowed(
            String method, String path, String status, String allow, String violation) {
        Map<String, String> headers = Map.of("content-type", "application/problem+json", "allow", allow);

        assertViolation(new Exchange(method, path, status, headers, NOT_ALLOWED), violation);
    }

    @ParameterizedTest
    @CsvSource({"GET, 404, ''", "POST, 404, ''", "GET, 200, status 200", "GET, 405, status 405"})
    void aPathThatIsNotDocumentedIsNotThere(String method, String status, String violation) {
        Map<String, String> headers = Map.of("content-type", "application/problem+json");

        assertViolation(new Exchange(method, "/elsewhere", status, headers, NOT_FOUND), violation);
    }

    @ParameterizedTest
    @CsvSource({"GET, /elsewhere", "DELETE, /health", "GET, /health"})
    void whatAllOperationsAnswerWithIsAnsweredElsewhereToo(String method, String path) {
        Map<String, String> headers = Map.of("content-type", "application/problem+json");

        assertViolation(new Exchange(method, path, "403", headers, ORIGIN_REFUSED), "");
    }

    private static void assertViolation(Exchange exchange, String violation) {
        if (violation.isEmpty()) {
            assertThat(exchange.violations(Document.COMMITTED)).isEmpty();
        } else {
            assertThat(exchange.violations(Document.COMMITTED))
                    .singleElement()
                    .asString()
                    .contains(violation);
        }
    }
}
