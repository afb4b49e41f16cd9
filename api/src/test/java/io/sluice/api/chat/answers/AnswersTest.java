package io.sluice.api.chat.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.chat.ChatDocuments;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.testkit.SluiceServers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of documents while an answer is being made. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class AnswersTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Answers answers;
    private final ChatDocuments documents;

    AnswersTest(Answers answers, ChatDocuments documents) {
        this.answers = answers;
        this.documents = documents;
    }

    private Reply begin(String caller) {
        return answers.begin(new AnswerRequest(caller, "How much paracetamol may adults take?", List.of()))
                .await()
                .atMost(TIMEOUT);
    }

    private static List<AnswerPart> end(Reply reply) {
        return reply.parts().collect().asList().await().atMost(TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from documents where id = ?",
                "update documents set status = 'queued', passage_count = null where id = ?",
                "update documents set owner = 'another' where id = ?"
            })
    void anAnswerWhoseSourceIsGoneEndsWithTheReason(String removal) {
        // Given
        UUID id = documents.storeAnew();
        Reply reply = begin("anonymous");
        assertThat(reply.opening().sources()).isNotEmpty();

        // When
        documents.execute(removal, id);

        // Then
        assertThatThrownBy(() -> end(reply))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.SOURCE_REMOVED));
    }

    @Test
    void anAnswerWhoseSourcesAreThereEnds() {
        documents.storeAnew();

        List<AnswerPart> parts = end(begin("anonymous"));

        assertThat(parts.get(parts.size() - 1)).isInstanceOfSatisfying(AnswerPart.Done.class, done -> {
            assertThat(done.found()).isTrue();
            assertThat(done.mode()).isEqualTo(AnswerMode.EXTRACTIVE);
            assertThat(done.cited()).containsExactly(1, 2, 3);
            assertThat(done.given()).extracting(Source::number).containsExactly(1, 2, 3);
            assertThat(done.isTruncated()).isFalse();
            assertThat(done.sessionId()).isNull();
            assertThat(done.turn()).isNull();
        });
    }
}
