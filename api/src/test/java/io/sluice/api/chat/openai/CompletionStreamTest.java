package io.sluice.api.chat.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.chat.ChatDocuments;
import io.sluice.api.chat.answers.AnswerRequest;
import io.sluice.api.chat.answers.Answers;
import io.sluice.api.chat.answers.Reply;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Changes of documents while chunks are sent. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class CompletionStreamTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String QUESTION = "How much paracetamol may adults take?";

    private final Answers answers;
    private final Completions completions;
    private final ChatDocuments documents;

    CompletionStreamTest(Answers answers, Completions completions, ChatDocuments documents) {
        this.answers = answers;
        this.completions = completions;
        this.documents = documents;
    }

    @Test
    void whatIsBrokenOffHasAnErrorInPlaceOfTheEnd() {
        // Given
        UUID id = documents.storeAnew();
        Reply reply = answers.begin(new AnswerRequest("anonymous", QUESTION, List.of()))
                .await()
                .atMost(TIMEOUT);

        // When
        documents.execute("delete from documents where id = ?", id);

        // Then
        List<String> data = completions
                .events(reply, QUESTION, true, MultiMap.caseInsensitiveMultiMap())
                .blocks()
                .map(block ->
                        new String(block, UTF_8).substring("data: ".length()).strip())
                .collect()
                .asList()
                .await()
                .atMost(TIMEOUT);
        assertThat(data).hasSizeGreaterThan(2).noneMatch(event -> event.contains("\"stop\"") || event.equals("[DONE]"));
        assertThat(data.get(data.size() - 1))
                .startsWith("{\"error\":{\"message\":\"A document that the answer rests on was")
                .contains("\"code\":\"source_removed\"");
    }
}
