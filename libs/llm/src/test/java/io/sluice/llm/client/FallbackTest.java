package io.sluice.llm.client;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.llm.LanguageModel;
import io.sluice.llm.ModelFailure;
import io.sluice.llm.ModelFailure.Kind;
import io.sluice.llm.ModelObserver.Request;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.ModelAnswer.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways on where a provider gives no answer, or none in time. */
class FallbackTest {

    private final LanguageModelServer first = new LanguageModelServer();
    private final LanguageModelServer second = new LanguageModelServer();
    private final RecordedAnswer answer = new RecordedAnswer();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 413, 429, 498, 500, 503, 529})
    void theFallbackAnswersForAProviderThatDoesNot(int status) {
        // Given
        first.then(ModelAnswer.error(status, "{}"));
        second.then(ModelAnswer.text("Take 4 g"));
        Models models = Models.of("groq", first).withFallback("anthropic", second);

        // When
        models.open().stream(Models.PROMPT, answer);

        // Then
        assertThat(answer.completion().provider()).isEqualTo("anthropic");
        assertThat(answer.completion().model()).isEqualTo("fallback-m");
        assertThat(answer.text()).isEqualTo("Take 4 g");
        assertThat(models.requests()).extracting(Request::provider).containsExactly("groq", "anthropic");
    }

    @Test
    void theFallbackAnswersForAStreamThatWasCutBeforeItsFirstText() {
        first.then(ModelAnswer.stream(Ending.CUT));

        Models.of("openai", first).withFallback("gemini", second).open().stream(Models.PROMPT, answer);

        assertThat(answer.completion().provider()).isEqualTo("gemini");
    }

    @Test
    void theFallbackAnswersForAProviderThatIsSilent() {
        first.then(ModelAnswer.stream(Ending.SILENT));

        Models.of("openai", first)
                .withFallback("gemini", second)
                .with("LLM_FIRST_TOKEN_TIMEOUT_SECONDS", "1")
                .open()
                .stream(Models.PROMPT, answer);

        assertThat(answer.completion().provider()).isEqualTo("gemini");
        await().until(() -> first.clientsThatLeft() == 1);
    }

    @Test
    void textThatWasToldIsNotToldAgain() {
        first.then(ModelAnswer.stream(Ending.CUT, "Take"));

        Models.of("openai", first).withFallback("gemini", second).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(Kind.CUT);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void aPromptThatIsTooLongForBothIsTold() {
        first.then(ModelAnswer.error(413, "{}"));
        second.then(ModelAnswer.error(413, "{}"));

        Models.of("openai", first).withFallback("gemini", second).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(Kind.TOO_LONG);
        assertThat(second.requests()).hasSize(1);
    }

    @Test
    void whoeverIsBusyForAMomentIsAskedAgainThen() {
        // Given
        first.then(ModelAnswer.error(429, "{}").with("Retry-After", "1"), ModelAnswer.text("Take 4 g"));
        long begun = System.nanoTime();

        // When
        Models.of("groq", first).open().stream(Models.PROMPT, answer);

        // Then
        assertThat(answer.completion().provider()).isEqualTo("groq");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(first.requests()).hasSize(2);
    }

    @Test
    void overloadOfAnthropicIsBackedOffFrom() {
        first.then(ModelAnswer.error(529, "{}"), ModelAnswer.text("Take 4 g"));

        Models.of("anthropic", first).open().stream(Models.PROMPT, answer);

        assertThat(answer.completion().provider()).isEqualTo("anthropic");
    }

    @Test
    void aQuotaThatIsUsedUpIsNotAskedForAgain() {
        first.then(ModelAnswer.error(429, "{}"));

        Models.of("anthropic", first).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(answer.failure().retryAfter()).isEmpty();
        assertThat(first.requests()).hasSize(1);
    }

    @Test
    void whoeverIsBusyForLongIsNotAskedUntilThen() {
        // Given
        first.then(
                ModelAnswer.error(429, "{\"error\":{\"details\":[{\"retryDelay\": \"33.5s\"}]}}"),
                ModelAnswer.text("Take 4 g"));
        LanguageModel model = Models.of("gemini", first).open();
        model.stream(Models.PROMPT, answer);
        assertThat(answer.failure().retryAfter()).contains(Duration.ofSeconds(34));

        // When
        RecordedAnswer next = new RecordedAnswer();
        model.stream(Models.PROMPT, next);

        // Then
        assertThat(next.failure().kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(next.failure().retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(34));
        assertThat(first.requests()).hasSize(1);
    }

    @Test
    void theFailureThatSaysWhenToAskAgainIsTold() {
        first.then(ModelAnswer.error(429, "{}").with("Retry-After", "60"));
        second.then(ModelAnswer.error(401, "{}"));

        Models.of("groq", first).withFallback("gemini", second).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure())
                .isEqualTo(new ModelFailure(
                        Kind.OVERLOADED, "groq answered with status 429", Optional.of(Duration.ofMinutes(1))));
    }

    @Test
    void aProviderThatFailsAgainAndAgainIsLeftAlone() {
        // Given
        first.then(ModelAnswer.error(500, "{}"));
        LanguageModel model =
                Models.of("groq", first).withFallback("gemini", second).open();

        // When
        for (int i = 0; i < CircuitBreaker.THRESHOLD + 3; i++) {
            RecordedAnswer next = new RecordedAnswer();
            model.stream(Models.PROMPT, next);
            assertThat(next.completion().provider()).isEqualTo("gemini");
        }

        // Then
        assertThat(first.requests()).hasSize(CircuitBreaker.THRESHOLD);
    }

    @Test
    void promptsThatAreTooLongSayNothingAboutTheProvider() {
        first.then(ModelAnswer.error(413, "{}"));
        LanguageModel model = Models.of("groq", first).open();

        for (int i = 0; i < CircuitBreaker.THRESHOLD + 3; i++) {
            RecordedAnswer next = new RecordedAnswer();
            model.stream(Models.PROMPT, next);
            assertThat(next.failure().kind()).isEqualTo(Kind.TOO_LONG);
        }

        assertThat(first.requests()).hasSize(CircuitBreaker.THRESHOLD + 3);
    }

    @Test
    void anAnswerThatDoesNotEndIsGivenUp() {
        first.then(ModelAnswer.stream(Ending.OPEN, "Take"));

        Models.of("openai", first)
                .with("LLM_FIRST_TOKEN_TIMEOUT_SECONDS", "1")
                .with("LLM_TIMEOUT_SECONDS", "2")
                .open()
                .stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(answer.failure().detail()).startsWith("openai ended no answer within ");
        assertThat(answer.text()).isEqualTo("Take");
        await().until(() -> first.clientsThatLeft() == 1);
    }

    @Test
    void aListenerThatBlocksIsToldTheTimeoutWhenItIsDone() throws Exception {
        // Given
        first.then(ModelAnswer.stream(Ending.OPEN, "Take", " 4 g"));
        CountDownLatch isTold = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        RecordedAnswer slow = new RecordedAnswer() {
            @Override
            public void onText(String delta) {
                isTold.countDown();
                try {
                    assertThat(goesOn.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                super.onText(delta);
            }
        };
        Models models = Models.of("openai", first)
                .with("LLM_FIRST_TOKEN_TIMEOUT_SECONDS", "1")
                .with("LLM_TIMEOUT_SECONDS", "1");
        models.open().stream(Models.PROMPT, slow);
        assertThat(isTold.await(60, TimeUnit.SECONDS)).isTrue();

        // When
        await().until(() -> first.clientsThatLeft() == 1);
        assertThat(slow.told()).isEmpty();
        goesOn.countDown();

        // Then
        assertThat(slow.failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(slow.told()).hasSize(2).startsWith("Take");
    }

    @Test
    void aConnectionThatIsClosedWithoutAnAnswerIsMadeOnceMore() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            Models.of("openai", first).with("LLM_BASE_URL", "http://127.0.0.1:" + socket.getLocalPort()).open().stream(
                    Models.PROMPT, answer);
            socket.accept().close();
            assertThat(answer.told()).isEmpty();
            socket.accept().close();

            // Then
            assertThat(answer.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws IOException {
        String url;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + socket.getLocalPort();
        }

        Models.of("openai", first).with("LLM_BASE_URL", url).open().stream(Models.PROMPT, answer);

        assertThat(answer.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(answer.failure().detail()).startsWith("openai cannot be reached: ");
    }

    @Test
    void aServerThatSaysNothingAtAllIsNotWaitedFor() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Models.of("openai", first)
                    .with("LLM_BASE_URL", "http://127.0.0.1:" + socket.getLocalPort())
                    .with("LLM_FIRST_TOKEN_TIMEOUT_SECONDS", "1")
                    .open()
                    .stream(Models.PROMPT, answer);

            assertThat(answer.failure().kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(answer.failure().detail()).matches("openai began no answer within \\d+ ms");
        }
    }

    @Test
    void anAnswerThatIsGivenUpIsNotAskedForAgain() {
        // Given
        first.then(ModelAnswer.error(429, "{}").with("Retry-After", "1"));
        LanguageModel.Call call = Models.of("groq", first).open().stream(Models.PROMPT, answer);
        await().until(() -> first.requests().size() == 1);

        // When
        call.cancel();

        // Then
        await().during(Duration.ofMillis(1_500)).until(() -> first.requests().size() == 1);
        assertThat(answer.told()).isEmpty();
    }

    @Test
    void aKeyThatCannotBeReadIsSaidWithoutIt() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("key"), Models.KEY);
        LanguageModel model = new Models()
                .with("LLM_BASE_URL", first.url().toString())
                .with("LLM_MODEL", "m")
                .with("OPENAI_API_KEY_FILE", file.toString())
                .open();

        // When
        Files.delete(file);
        model.stream(Models.PROMPT, answer);

        // Then
        assertThat(answer.failure().kind()).isEqualTo(Kind.REFUSED);
        assertThat(answer.failure().detail()).isEqualTo("the key of openai cannot be read: there is no such file");
        assertThat(first.requests()).isEmpty();
    }

    @Test
    void nothingOfPromptAnswerAndKeyIsInWhatMayBeLogged() {
        first.then(ModelAnswer.stream(Ending.ERROR, "canary").withError("{\"error\":{\"message\":\"canary\"}}"));
        Models models = Models.of("openai", first);
        LanguageModel model = models.open();

        model.stream(Models.PROMPT, answer);

        assertThat(answer.failure().toString()).doesNotContain("canary");
        assertThat(models.requests().toString()).doesNotContain("canary");
        assertThat(model.toString()).doesNotContain("canary");
    }
}
