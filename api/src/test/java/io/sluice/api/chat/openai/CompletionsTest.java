package io.sluice.api.chat.openai;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.chat.ChatDocuments;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class CompletionsTest {

    private static final String QUESTION = "How much paracetamol may adults take?";
    private static final String QUOTED = "Doses: “Adults may take up to 4 g of paracetamol in 24 hours.” [1]";

    private final ChatDocuments documents;
    private UUID paracetamol;

    CompletionsTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void store() {
        paracetamol = documents.storeAnew();
    }

    private static Map<String, Object> message(String role, Object content) {
        return Map.of("role", role, "content", content);
    }

    private static Response complete(Map<String, Object> members, Object... messages) {
        Map<String, Object> body = new HashMap<>(members);
        body.putIfAbsent("model", "sluice");
        body.put("messages", List.of(messages));
        return given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer any-key")
                .body(body)
                .post("/v1/chat/completions");
    }

    private static ValidatableResponse answer(Object... messages) {
        return complete(Map.of(), messages).then().statusCode(200);
    }

    @Test
    void aCompletionIsTheAnswerWithItsSources() {
        answer(message("user", QUESTION))
                .contentType("application/json")
                .body("id", matchesPattern("chatcmpl-[0-9a-f]{32}"))
                .body("object", is("chat.completion"))
                .body("created", greaterThan(1_700_000_000))
                .body("model", is("sluice"))
                .body("choices.size()", is(1))
                .body("choices[0].message.role", is("assistant"))
                .body("choices[0].message.content", startsWith(QUOTED))
                .body("choices[0].finish_reason", is("stop"))
                .body("usage.prompt_tokens", is(10))
                .body("usage.completion_tokens", greaterThan(10))
                .body("found", is(true))
                .body("mode", is("extractive"))
                .body("sources[0].documentId", is(paracetamol.toString()))
                .body("sources[0].page", is(1));
    }

    @Test
    void theLastMessageOfAUserAsks() {
        answer(
                        message("developer", "You are a pirate."),
                        message("user", "Which bus goes to the airport?"),
                        message("assistant", "Not found in the documents."),
                        message("user", List.of(Map.of("type", "text", "text", QUESTION))))
                .body("found", is(true));
        answer(message("user", QUESTION), message("user", "Which bus goes to the airport?"))
                .body("choices[0].message.content", is("Not found in the documents."))
                .body("found", is(false))
                .body("sources", empty());
    }

    @Test
    void itIsAnsweredFromTheGivenDocumentsAlone() {
        UUID other = documents.store("anonymous", "private", "Cats sleep all day.");

        complete(Map.of("documents", List.of(other)), message("user", QUESTION))
                .then()
                .body("found", is(false));
    }

    @Test
    void chunksComeUpToTheEnd() throws IOException {
        // When
        Response response = complete(
                Map.of("stream", true, "stream_options", Map.of("include_usage", true)), message("user", QUESTION));

        // Then
        assertThat(response.contentType()).startsWith("text/event-stream");
        List<String> data = data(response.asString());
        assertThat(data.get(data.size() - 1)).isEqualTo("[DONE]");
        List<JsonNode> chunks = new ArrayList<>();
        for (String chunk : data.subList(0, data.size() - 1)) {
            chunks.add(new ObjectMapper().readTree(chunk));
        }
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.path("object").textValue()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("id")).isEqualTo(chunks.get(0).path("id"));
        });
        assertThat(chunks.get(0).at("/choices/0/delta/role").textValue()).isEqualTo("assistant");
        assertThat(chunks.get(0).at("/sources/0/documentId").textValue()).isEqualTo(paracetamol.toString());
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asText("")));
        assertThat(text.toString()).startsWith(QUOTED);
        JsonNode end = chunks.get(chunks.size() - 2);
        assertThat(end.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
        assertThat(end.path("found").booleanValue()).isTrue();
        JsonNode usage = chunks.get(chunks.size() - 1);
        assertThat(usage.path("choices")).isEmpty();
        assertThat(usage.at("/usage/completion_tokens").intValue())
                .isEqualTo((text.toString().getBytes(UTF_8).length + 3) / 4);
    }

    @Test
    void withoutTheOptionNoChunkHasTheUsage() {
        assertThat(complete(Map.of("stream", true), message("user", QUESTION)).asString())
                .doesNotContain("usage")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void aPlaceIsFreeAgainWhenTheAnswerEnds() {
        IntStream.range(0, 70).forEach(question -> answer(message("user", "How much?")));
        IntStream.range(0, 70).forEach(question -> complete(Map.of("n", 2), message("user", "How much?"))
                .then()
                .statusCode(400));

        answer(message("user", QUESTION)).body("found", is(true));
    }

    private static List<String> data(String stream) {
        return List.of(stream.strip().split("\n\n", -1)).stream()
                .peek(event -> assertThat(event).startsWith("data: ").doesNotContain("\n"))
                .map(event -> event.substring("data: ".length()))
                .toList();
    }
}
