package io.sluice.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
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
        ProcessBuilder program = program();
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
        assertThat(process.exitValue()).isEqualTo(ApiProgram.CONFIGURATION);
        assertThat(output)
                .contains("HTTP_PORT", "LOG_LEVEL", "KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL")
                .doesNotContain("hunter2", "Exception", "\tat ");
    }

    /** The domain invalid never has names: RFC 6761, section 6.4. */
    @Test
    void aNameOfKafkaThatCannotBeResolvedIsWaitedForAndTheReasonIsSaid() throws IOException {
        // Given
        ProcessBuilder program = program();
        program.environment().put("KAFKA_BOOTSTRAP_SERVERS", "kafka.invalid:9092");

        // When
        Process process = program.start();

        // Then
        try (BufferedReader output = process.inputReader(UTF_8)) {
            assertThat(output.readLine()).contains("KAFKA_BOOTSTRAP_SERVERS", "kafka.invalid:9092");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder program() {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
                .redirectErrorStream(true);
    }
}
