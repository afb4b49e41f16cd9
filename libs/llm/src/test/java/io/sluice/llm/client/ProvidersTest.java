package io.sluice.llm.client;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.llm.Completion;
import io.sluice.llm.Completion.Reason;
import io.sluice.llm.Completion.Usage;
import io.sluice.llm.LanguageModel;
import io.sluice.llm.ModelFailure.Kind;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.ModelAnswer.Ending;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each provider by its own protocol, with what can happen to its stream. */
class ProvidersTest {

    private final LanguageModelServer server = new LanguageModelServer();
    private final RecordedAnswer answer = new RecordedAnswer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "groq", "openrouter", "anthropic", "gemini"})
    void anAnswerComesInPartsAndHasItsEnd(String provider) {
        // Given
        server.then(ModelAnswer.text("Take ", "4 g", "\n\"daily\" – 🩺."));
        LanguageModel model = Models.of(provider, server).open();

        // When
        model.stream(Models.PROMPT, answer);

        // Then
        assertThat(answer.completion()).isEqualTo(new Completion(provider, "m", Reason.STOP, new Usage(11, 7)));
        assertThat(answer.told())
                .startsWith("Take ", "4 g", "\n\"daily\" – 🩺.")
                .hasSize(4);
        assertThat(model.name()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource({
        "openai,     length,         LENGTH",
        "openai,     content_filter, FILTERED",
        "anthropic,  length,         LENGTH",
        "anthropic,  content_filter, FILTERED",
        "gemini,     length,         LENGTH",
        "gemini,     content_filter, FILTERED"
    })
    void theReasonForTheEndIsTold(String provider, String reason, Reason told) {
        server.then(ModelAnswer.text("Take").because(reason));

        Models.of(provider, server).open().stream(Models.PROMPT, answer);

        assertThat(answer.completion().reason()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"openai, CUT", "anthropic, CUT", "gemini, CUT", "openai, BROKEN", "anthropic, BROKEN", "gemini, BROKEN"
    })
    void aStreamThatWasCutIsNeverComplete(String provider, Ending ending) {
        // Given
        server.then(ModelAnswer.stream(ending, "Take 4 g"));
        Models models = Models.of(provider, server);

        // When
        models.open().stream(Models.PROMPT, answer);

        // Then
        assertThat(answer.failure().kind()).isEqualTo(Kind.CUT);
        assertThat(answer.failure().detail()).isEqualTo(provider + " did not say that the answer has ended");
        assertThat(answer.text()).isEqualTo("Take 4 g");
        assertThat(models.requests()).hasSize(1).first().satisfies(request -> {
            assertThat(request.outcome()).isEqualTo("cut");
            assertThat(request.firstText()).isPresent();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai    | {\"error\":{\"message\":\"canary\",\"type\":\"server_error\",\"code\":null}}                 | UNAVAILABLE",
                "openrouter| {\"error\":{\"code\":502,\"message\":\"canary\"},\"choices\":[{\"finish_reason\":\"error\"}]} | UNAVAILABLE",
                "groq      | {\"error\":{\"message\":\"canary\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}     | OVERLOADED",
                "anthropic | {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"canary\"}}          | OVERLOADED",
                "gemini    | {\"error\":{\"code\":503,\"message\":\"canary\",\"status\":\"UNAVAILABLE\"}}                   | OVERLOADED"
            })
    void anErrorInTheStreamIsNoEnd(String provider, String error, Kind kind) {
        server.then(ModelAnswer.stream(Ending.ERROR, "Take 4 g").withError(error.strip()));

        Models.of(provider, server).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(kind);
        assertThat(answer.failure().detail()).doesNotContain("canary");
        assertThat(answer.text()).isEqualTo("Take 4 g");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai    | 401 | {\"error\":{\"code\":\"invalid_api_key\"}}                                        | REFUSED",
                "openai    | 400 | {\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"canary\"}}         | TOO_LONG",
                "openai    | 400 | {\"error\":{\"code\":\"unsupported_value\",\"message\":\"canary\"}}               | PROTOCOL",
                "openai    | 500 | {}                                                                                | UNAVAILABLE",
                "openai    | 302 |                                                                                   | PROTOCOL",
                "groq      | 404 | {\"error\":{\"code\":\"model_not_found\"}}                                        | REFUSED",
                "groq      | 413 | {\"error\":{\"code\":\"rate_limit_exceeded\"}}                                    | TOO_LONG",
                "openrouter| 402 | {\"error\":{\"code\":402,\"message\":\"Insufficient credits\"}}                   | REFUSED",
                "anthropic | 403 | {\"type\":\"error\",\"error\":{\"type\":\"permission_error\"}}                    | REFUSED",
                "anthropic | 400 | {\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 1\"}} | TOO_LONG",
                "anthropic | 504 | {\"error\":{\"type\":\"timeout_error\"}}                                          | TIMEOUT",
                "gemini    | 400 | {\"error\":{\"code\":400,\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}          | REFUSED",
                "gemini    | 400 | {\"error\":{\"message\":\"The input token count (2) exceeds the maximum (1).\"}}   | TOO_LONG",
                "gemini    | 502 | <html>canary</html>                                                              | UNAVAILABLE"
            })
    void whatIsNoAnswerIsAFailureOfItsKind(String provider, int status, String body, Kind kind) {
        server.then(ModelAnswer.error(status, body == null ? "" : body));

        Models.of(provider, server).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(kind);
        assertThat(answer.failure().detail()).isEqualTo(provider + " answered with status " + status);
        assertThat(answer.told()).hasSize(1);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini"})
    void whatIsNoStreamOfEventsIsNoAnswer(String provider) {
        server.then(ModelAnswer.text("Take").with("Content-Type", "text/html"));

        Models.of(provider, server).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(Kind.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini"})
    void whatIsNoJsonIsNotQuoted(String provider) {
        server.then(ModelAnswer.stream(Ending.ERROR, "Take").withError("{\"canary\": "));

        Models.of(provider, server).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(answer.failure().detail()).isEqualTo(provider + " sent an event that is not JSON");
    }

    @Test
    void halvesOfACodePointAreToldTogether() {
        server.then(ModelAnswer.text("A\ud83e", "\ude7a", "B"));

        Models.of("openai", server).open().stream(Models.PROMPT, answer);

        assertThat(answer.completion().reason()).isEqualTo(Reason.STOP);
        assertThat(answer.told()).startsWith("A", "🩺", "B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini"})
    void anAnswerThatIsGivenUpClosesItsConnection(String provider) {
        // Given
        server.then(ModelAnswer.stream(Ending.OPEN, "Take"));
        Models models = Models.of(provider, server);
        LanguageModel.Call call = models.open().stream(Models.PROMPT, answer);
        answer.awaitText();

        // When
        call.cancel();
        call.cancel();

        // Then
        await().until(() -> server.clientsThatLeft() == 1);
        assertThat(answer.told()).containsExactly("Take");
        assertThat(models.requests()).hasSize(1).first().satisfies(request -> assertThat(request.outcome())
                .isEqualTo("cancelled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini"})
    void anAnswerThatIsGivenUpBeforeItBeginsClosesItsConnection(String provider) {
        server.then(ModelAnswer.stream(Ending.SILENT));
        LanguageModel.Call call = Models.of(provider, server).open().stream(Models.PROMPT, answer);
        await().until(() -> !server.requests().isEmpty());

        call.cancel();

        await().until(() -> server.clientsThatLeft() == 1);
        assertThat(answer.told()).isEmpty();
    }

    @Test
    void aListenerThatFailsGivesTheAnswerUp() {
        server.then(ModelAnswer.stream(Ending.OPEN, "Take"));

        Models.of("openai", server).open().stream(Models.PROMPT, new RecordedAnswer() {
            @Override
            public void onText(String delta) {
                throw new IllegalStateException("the client has left");
            }
        });

        await().until(() -> server.clientsThatLeft() == 1);
    }

    @Test
    void openAiIsAskedInItsProtocol() throws Exception {
        JsonNode body = bodyOf("groq");

        assertThat(request().path()).isEqualTo("/v1/chat/completions");
        assertThat(request().headers()).containsEntry("authorization", "Bearer " + Models.KEY);
        assertThat(body)
                .isEqualTo(json("{'model':'m','messages':[{'role':'system','content':'canary system'},"
                        + "{'role':'user','content':'canary question'},{'role':'assistant','content':'canary answer'},"
                        + "{'role':'user','content':'\\\"canary\\\"\\n¿última?'}],'max_tokens':100,'temperature':0.25,"
                        + "'stream':true,'stream_options':{'include_usage':true}}"));
    }

    @Test
    void anthropicIsAskedInItsProtocol() throws Exception {
        JsonNode body = bodyOf("anthropic");

        assertThat(request().path()).isEqualTo("/v1/messages");
        assertThat(request().headers())
                .containsAllEntriesOf(Map.of("x-api-key", Models.KEY, "anthropic-version", "2023-06-01"));
        assertThat(body)
                .isEqualTo(
                        json("{'model':'m','max_tokens':100,'temperature':0.25,'stream':true,'system':'canary system',"
                                + "'messages':[{'role':'user','content':'canary question'},{'role':'assistant','content':'canary answer'},"
                                + "{'role':'user','content':'\\\"canary\\\"\\n¿última?'}]}"));
    }

    @Test
    void geminiIsAskedInItsProtocol() throws Exception {
        JsonNode body = bodyOf("gemini");

        assertThat(request().path()).isEqualTo("/v1/models/m:streamGenerateContent?alt=sse");
        assertThat(request().headers()).containsEntry("x-goog-api-key", Models.KEY);
        assertThat(body)
                .isEqualTo(json("{'systemInstruction':{'parts':[{'text':'canary system'}]},'contents':["
                        + "{'role':'user','parts':[{'text':'canary question'}]},{'role':'model','parts':[{'text':'canary answer'}]},"
                        + "{'role':'user','parts':[{'text':'\\\"canary\\\"\\n¿última?'}]}],"
                        + "'generationConfig':{'maxOutputTokens':100,'temperature':0.25}}"));
    }

    @Test
    void aServerOfOnesOwnIsAskedWithoutAKey() {
        new Models()
                .with("LLM_BASE_URL", server.url().toString()).with("LLM_MODEL", "llama3.2:3b").open().stream(
                        Models.PROMPT, answer);

        assertThat(answer.completion().model()).isEqualTo("llama3.2:3b");
        assertThat(request().headers()).doesNotContainKey("authorization");
    }

    private JsonNode bodyOf(String provider) throws Exception {
        Models.of(provider, server).open().stream(Models.PROMPT, answer);
        assertThat(answer.completion().reason()).isEqualTo(Reason.STOP);
        return new ObjectMapper().readTree(request().body());
    }

    private LanguageModelServer.Request request() {
        return server.requests().get(0);
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
