package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.e2e.Client.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends again what was answered with 503, and nothing else. */
final class QuestionClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = "/api/v1/chat";
    private static final String STREAM = "text/event-stream";
    private static final Pattern DELTA = Pattern.compile("(?m)^event: delta\ndata: (.*)$");
    private static final Pattern LAST = Pattern.compile("(?m)^event: (done|error)\ndata: (.*)$");
    private static final int UNAVAILABLE = 503;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final Client client;
    private final AtomicInteger refused = new AtomicInteger();

    QuestionClient(URI api) {
        client = new Client(api);
    }

    /**
     * An answer that came to its end.
     *
     * @param session path of its session
     * @param retrieval kind of ranking
     */
    record Answered(String session, int turn, String question, String text, String retrieval) {}

    /** Asks until there is an answer. */
    Answered ask(String question, boolean streamed) throws InterruptedException {
        long deadline = deadline();
        while (true) {
            byte[] body = body(question);
            Answer answer = streamed
                    ? client.send("POST", CHAT, body, "Content-Type", "application/json", "Accept", STREAM)
                    : client.send("POST", CHAT, body, "Content-Type", "application/json");
            JsonNode end = streamed && answer.status() == 200 ? end(answer.text()) : answer.json();
            if (end.has("turn")) {
                return new Answered(
                        CHAT + "/sessions/" + end.path("sessionId").textValue(),
                        end.path("turn").intValue(),
                        question,
                        streamed ? deltas(answer.text()) : end.path("answer").textValue(),
                        streamed ? "" : end.path("retrieval").textValue());
            }
            tryAgain(answer, end, deadline);
        }
    }

    /** Uploads a document until it is taken, and says where it is. */
    String upload(String text) throws InterruptedException {
        long deadline = deadline();
        while (true) {
            Answer answer =
                    client.send("POST", "/api/v1/documents", text.getBytes(UTF_8), "Content-Type", "text/markdown");
            if (answer.status() == 200 || answer.status() == 202) {
                return answer.header("Location");
            }
            tryAgain(answer, answer.json(), deadline);
        }
    }

    private void tryAgain(Answer answer, JsonNode problem, long deadline) throws InterruptedException {
        assertThat(problem.path("status").intValue()).as(answer.text()).isEqualTo(UNAVAILABLE);
        if (answer.status() == UNAVAILABLE) {
            assertThat(answer.header("Retry-After")).as(answer.text()).matches("[1-9]\\d?");
        }
        assertThat(System.nanoTime()).as("tried for %s: %s", TIMEOUT, problem).isLessThan(deadline);
        refused.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
    }

    /** Number of answers with 503 so far. */
    int refused() {
        return refused.get();
    }

    private static long deadline() {
        return System.nanoTime() + TIMEOUT.toNanos();
    }

    private static byte[] body(String question) {
        return JSON.createObjectNode().put("question", question).toString().getBytes(UTF_8);
    }

    /** Data of the event that ends a stream; a stream without one was cut off, which is none of the faults here. */
    private static JsonNode end(String events) {
        Matcher last = LAST.matcher(events);
        assertThat(last.find()).as(events).isTrue();
        return json(last.group(2));
    }

    private static String deltas(String events) {
        StringBuilder text = new StringBuilder();
        for (Matcher delta = DELTA.matcher(events); delta.find(); ) {
            text.append(json(delta.group(1)).path("text").textValue());
        }
        return text.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
