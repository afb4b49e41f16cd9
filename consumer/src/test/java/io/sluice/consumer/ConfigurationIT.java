package io.sluice.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The packaged program, started with a configuration that is wrong. */
class ConfigurationIT {

    @Test
    void everyWrongSettingIsNamedAtOnceAndNoSecretIsPrinted() throws IOException, InterruptedException {
        // Given
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
                .redirectErrorStream(true);
        program.environment()
                .putAll(Map.of(
                        "HTTP_PORT", "eighty",
                        "LOG_LEVEL", "LOUD",
                        "KAFKA_BOOTSTRAP_SERVERS", "kafka",
                        "DATABASE_URL", "mysql://sluice:hunter2@db/sluice"));

        // When
        Process process = program.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        // Then
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ConsumerProgram.CONFIGURATION);
        assertThat(output)
                .contains("HTTP_PORT", "LOG_LEVEL", "KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL")
                .doesNotContain("hunter2", "Exception", "\tat ");
    }
}
