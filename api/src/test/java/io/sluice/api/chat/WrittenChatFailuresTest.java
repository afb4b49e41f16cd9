package io.sluice.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.chat.ChatTest.Event;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.ModelAnswer.Ending;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that a language model is asked for, and does not give. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@WithTestResource(ModelAndWorker.class)
class WrittenChatFailuresTest {

    private static final String QUESTION = WrittenChatTest.QUESTION;
    private static final String QUOTED = "Doses: “" + ChatDocuments.ADULTS + "” [1]";

    private final ChatDocuments documents;
    private LanguageModelServer model;
    private AnsweringWorker worker;

    WrittenChatFailuresTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void store() {
        documents.storeAnew();
        worker.answers(documents.ranking("lexical"));
        // A provider that failed before is asked again after it has answered.
        model.then(ModelAnswer.text("One may take 4 g [1]."));
        ask(QUESTION).body("mode", is("generative"));
        model.requests().clear();
    }

    private static ValidatableResponse ask(String question) {
        return ChatTest.ask(question);
    }

    static Stream<Arguments> failuresBeforeTheFirstText() {
        return Stream.of(
                Arguments.of(ModelAnswer.error(500, "{}"), "unavailable"),
                Arguments.of(ModelAnswer.error(401, "{}"), "unavailable"),
                Arguments.of(ModelAnswer.error(429, "{}"), "overloaded"),
                Arguments.of(ModelAnswer.stream(Ending.SILENT), "timeout"),
                Arguments.of(ModelAnswer.stream(Ending.CUT), "unavailable"),
                Arguments.of(ModelAnswer.stream(Ending.CUT, "Adults take 4 g."), "unavailable"),
                Arguments.of(ModelAnswer.stream(Ending.BROKEN, "Adults take 4 g."), "unavailable"),
                Arguments.of(ModelAnswer.text("Adults ").because("content_filter"), "withheld"),
                Arguments.of(ModelAnswer.text("Adults take 4 g [11]."), "uncited"),
                Arguments.of(ModelAnswer.text("word ".repeat(300), " [1]."), "uncited"),
                Arguments.of(ModelAnswer.text(), "uncited"));
    }

    @ParameterizedTest
    @MethodSource("failuresBeforeTheFirstText")
    void sentencesAreQuotedWhereNoTextIsToBeShown(ModelAnswer written, String reason) throws IOException {
        // Given
        model.then(written);

        // When, Then
        ask(QUESTION)
                .body("mode", is("extractive"))
                .body("fallback", is(reason))
                .body("found", is(true))
                .body("answer", startsWith(QUOTED));
        StreamedAnswer answer = StreamedAnswer.to(QUESTION);
        assertThat(answer.sources().data().path("mode").textValue()).isEqualTo("extractive");
        assertThat(answer.sources().data().path("fallback").textValue()).isEqualTo(reason);
        assertThat(answer.text()).startsWith(QUOTED);
        assertThat(answer.last().name()).isEqualTo("done");
    }

    static Stream<Arguments> failuresBehindTheFirstText() {
        return Stream.of(
                Arguments.of(ModelAnswer.stream(Ending.CUT, "Adults take 4 g [1]. ", "But"), "unavailable"),
                Arguments.of(ModelAnswer.stream(Ending.BROKEN, "Adults take 4 g [1]. ", "But"), "unavailable"),
                Arguments.of(
                        ModelAnswer.stream(Ending.ERROR, "Adults take 4 g [1]. ", "But")
                                .withError("{\"error\":{\"message\":\"busy\",\"code\":503}}"),
                        "overloaded"),
                Arguments.of(ModelAnswer.text("Adults take 4 g [1]. ", "But").because("content_filter"), "withheld"));
    }

    @ParameterizedTest
    @MethodSource("failuresBehindTheFirstText")
    void anAnswerThatIsBrokenOffIsNeverComplete(ModelAnswer written, String reason) throws IOException {
        // Given
        model.then(written);

        // When
        StreamedAnswer answer = StreamedAnswer.to(QUESTION);

        // Then
        assertThat(answer.text()).startsWith("Adults take 4 g [1].");
        assertThat(answer.events()).extracting(Event::name).doesNotContain("done");
        assertThat(answer.last().name()).isEqualTo("error");
        assertThat(answer.last().data().path("code").textValue()).isEqualTo("answer-interrupted");
        ask(QUESTION)
                .body("mode", is("extractive"))
                .body("fallback", is(reason))
                .body("answer", startsWith(QUOTED));
    }

    @Test
    void anAnswerThatIsAsLongAsItMayBeSaysSo() throws IOException {
        model.then(ModelAnswer.text("Adults take 4 g [1]. But").because("length"));

        ask(QUESTION).body("truncated", is(true)).body("answer", is("Adults take 4 g [1]. But"));
        assertThat(StreamedAnswer.to(QUESTION).last().data().path("truncated").booleanValue())
                .isTrue();
    }
}
