package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerSettingsTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static WorkerSettings read(Map<String, String> environment) {
        return Environment.read(environment::get, WorkerSettings::new);
    }

    @Test
    void thereIsNoWorkerByDefault() {
        assertThat(read(Map.of()).url()).isEmpty();
        assertThat(read(Map.of()).token()).isEmpty();
    }

    @Test
    void theTokenIsThatOfTheVariable() {
        // When
        WorkerSettings settings = read(Map.of("WORKER_URL", "http://worker:8080", "WORKER_TOKEN", TOKEN));

        // Then
        assertThat(settings.url()).contains(URI.create("http://worker:8080"));
        assertThat(settings.token()).contains(TOKEN);
    }

    @Test
    void orThatOfItsFile(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\r\n\n");

        // Then
        assertThat(read(Map.of("WORKER_TOKEN_FILE", file.toString())).token()).contains(TOKEN);
        assertThatThrownBy(() -> read(Map.of("WORKER_TOKEN_FILE", file.toString(), "WORKER_TOKEN", TOKEN)))
                .hasMessageContaining("WORKER_TOKEN and WORKER_TOKEN_FILE must not both be set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "s3cret 9abcdef0123456789abcdef01234", "s3cretößabcdef0123456789abcdef01234"})
    void whatIsNoTokenIsNotRepeated(String text, @TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("token"), text);

        // Then
        assertThatThrownBy(() -> read(Map.of("WORKER_TOKEN", text)))
                .hasMessageContaining("WORKER_TOKEN must be a token of 32 to 1000 printable characters")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> read(Map.of("WORKER_TOKEN_FILE", file.toString())))
                .hasMessageContaining("WORKER_TOKEN_FILE must be the path of a file that holds what WORKER_TOKEN would")
                .hasMessageNotContaining("s3cret");
    }
}
