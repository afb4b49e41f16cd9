package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.settings.LlmSettings.Model;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmSettingsTest {

    @TempDir
    private Path folder;

    private static LlmSettings read(Map<String, String> variables) {
        return Environment.read(variables::get, LlmSettings::new);
    }

    @Test
    void withoutAnyKeyThereIsNoModel() {
        // A ConfigMap may name the model where the Secret has no key.
        LlmSettings settings = read(Map.of("LLM_MODEL", "llama-3.3-70b-versatile", "GROQ_API_KEY", ""));

        assertThat(settings.model()).isEmpty();
        assertThat(settings.fallback()).isEmpty();
        assertThat(settings.firstTokenTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "GROQ_API_KEY,       GROQ,       https://api.groq.com/openai/v1,                          llama-3.3-70b-versatile",
        "OPENROUTER_API_KEY, OPENROUTER, https://openrouter.ai/api/v1,                            meta-llama/llama-3.3-70b-instruct",
        "OPENAI_API_KEY,     OPENAI,     https://api.openai.com/v1,                               gpt-4.1-mini",
        "ANTHROPIC_API_KEY,  ANTHROPIC,  https://api.anthropic.com/v1,                            claude-haiku-4-5",
        "GEMINI_API_KEY,     GEMINI,     https://generativelanguage.googleapis.com/v1beta,        gemini-flash-lite-latest",
        "GOOGLE_API_KEY,     GEMINI,     https://generativelanguage.googleapis.com/v1beta,        gemini-flash-lite-latest"
    })
    void theOnlyKeySaysWhoIsAsked(String variable, LlmProvider provider, URI url, String name) {
        Model model = read(Map.of(variable, "gsk-1")).model().orElseThrow();

        assertThat(model.provider()).isEqualTo(provider);
        assertThat(model.baseUrl()).isEqualTo(url);
        assertThat(model.isOwnServer()).isFalse();
        assertThat(model.name()).isEqualTo(name);
        assertThat(model.key().value()).contains("gsk-1");
    }

    @Test
    void aKeyIsInNothingThatMayBeLogged() {
        assertThat(read(Map.of("GROQ_API_KEY", "gsk-1")).model().orElseThrow().toString())
                .contains("(a key)")
                .doesNotContain("gsk");
    }

    @Test
    void aServerOfOnesOwnNeedsAModelButNoKey() {
        Model model = read(Map.of("LLM_BASE_URL", "http://ollama:11434/v1/", "LLM_MODEL", "llama3.2:3b"))
                .model()
                .orElseThrow();

        assertThat(model.provider()).isEqualTo(LlmProvider.OPENAI);
        assertThat(model.baseUrl()).isEqualTo(URI.create("http://ollama:11434/v1"));
        assertThat(model.isOwnServer()).isTrue();
        assertThat(model.key().value()).isEmpty();
        assertThatThrownBy(() -> read(Map.of("LLM_BASE_URL", "http://ollama:11434/v1")))
                .hasMessageContaining("LLM_MODEL must be set with LLM_BASE_URL");
    }

    @Test
    void aFallbackHasAKeyOfItsOwn() {
        LlmSettings settings = read(Map.of(
                "GROQ_API_KEY",
                "a",
                "ANTHROPIC_API_KEY",
                "b",
                "LLM_FALLBACK_PROVIDER",
                "Anthropic",
                "LLM_FALLBACK_MODEL",
                "m"));

        assertThat(settings.model().orElseThrow().provider()).isEqualTo(LlmProvider.GROQ);
        assertThat(settings.fallback().orElseThrow().provider()).isEqualTo(LlmProvider.ANTHROPIC);
        assertThat(settings.fallback().orElseThrow().name()).isEqualTo("m");
        assertThat(settings.fallback().orElseThrow().key().value()).contains("b");
    }

    @Test
    void aKeyInAFileIsReadAnew() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("key"), "gsk-1\n");
        LlmKey key = read(Map.of("GROQ_API_KEY_FILE", file.toString()))
                .model()
                .orElseThrow()
                .key();
        assertThat(key.value()).contains("gsk-1");

        // When
        Files.writeString(file, "gsk-2\n");

        // Then
        assertThat(key.value()).contains("gsk-2");
        Files.delete(file);
        assertThatThrownBy(key::value).hasMessage("there is no such file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GROQ_API_KEY=a OPENAI_API_KEY=b     | There are keys of openai, groq, so LLM_PROVIDER must be set",
                "LLM_PROVIDER=groq                   | LLM_PROVIDER is groq, so GROQ_API_KEY or GROQ_API_KEY_FILE must be set",
                "LLM_PROVIDER=openai                 | OPENAI_API_KEY or OPENAI_API_KEY_FILE must be set, or LLM_BASE_URL",
                "LLM_PROVIDER=mistral                | LLM_PROVIDER must be one of openai, groq, openrouter, anthropic, gemini",
                "LLM_BASE_URL=ollama:11434           | LLM_BASE_URL must be an http or https URL without user, query and fragment",
                "LLM_BASE_URL=http://a/v1?key=secret | LLM_BASE_URL must be an http or https URL without user, query and fragment",
                "GROQ_API_KEY=a LLM_FALLBACK_MODEL=m | LLM_FALLBACK_MODEL is set, so LLM_FALLBACK_PROVIDER must be set, too",
                "GROQ_API_KEY=a LLM_FALLBACK_PROVIDER=gemini | GEMINI_API_KEY or GEMINI_API_KEY_FILE must be set",
                "LLM_FALLBACK_PROVIDER=openai LLM_FALLBACK_MODEL=m LLM_FALLBACK_BASE_URL=http://a | so LLM_PROVIDER must be set, too",
                "GROQ_API_KEY_FILE=/no/such/file     | GROQ_API_KEY_FILE must be the path of a file that holds what GROQ_API_KEY would; there is no such file",
                "GEMINI_API_KEY=a GOOGLE_API_KEY=b   | GEMINI_API_KEY and GOOGLE_API_KEY are two names of one setting",
                "LLM_TIMEOUT_SECONDS=5               | LLM_FIRST_TOKEN_TIMEOUT_SECONDS must not be more than LLM_TIMEOUT_SECONDS"
            })
    void whatIsWrongIsNamedWithItsRemedyAndWithoutTheKey(String variables, String fault) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.strip().split(" ", -1)) {
            environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
        }

        assertThatThrownBy(() -> read(environment))
                .hasMessageContaining(fault.strip())
                .hasMessageNotContaining("secret");
    }

    @Test
    void aKeyIsInOnePlace() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "gsk-1");

        assertThatThrownBy(() -> read(Map.of("GROQ_API_KEY", "gsk-1", "GROQ_API_KEY_FILE", file.toString())))
                .hasMessageContaining("GROQ_API_KEY and GROQ_API_KEY_FILE must not both be set; leave one of them out");
    }

    @Test
    void aFileThatHoldsNoKeyIsNotQuoted() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "first secret\nsecond secret\n");

        assertThatThrownBy(() -> read(Map.of("GROQ_API_KEY_FILE", file.toString())))
                .hasMessageContaining("what is in the file must be the key, at most 4096 printable characters of ASCII")
                .hasMessageNotContaining("secret");
    }
}
