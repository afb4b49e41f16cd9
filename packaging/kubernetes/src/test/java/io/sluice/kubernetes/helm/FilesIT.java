package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.kubernetes.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys, which a Secret mounts at the path that the settings name. */
class FilesIT {

    @Test
    void areThereForEveryProgram() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("files: {existingSecret: certificates}");

        // Then
        List<JsonNode> pods = chart.all()
                .flatMap(resource -> Stream.of("/spec/template/spec", "/spec/jobTemplate/spec/template/spec")
                        .map(resource::at))
                .filter(JsonNode::isObject)
                .toList();
        // That of init-job is retention's as well.
        assertThat(pods).hasSize(Program.all(Path.of("../..")).size() + 1);
        for (JsonNode pod : pods) {
            assertThat(pod.path("volumes"))
                    .filteredOn(volume -> volume.path("name").asText().equals("files"))
                    .hasToString(
                            "[{\"name\":\"files\",\"secret\":{\"secretName\":\"certificates\",\"defaultMode\":288}}]");
            assertThat(pod.at("/containers/0/volumeMounts"))
                    .filteredOn(mount -> mount.path("name").asText().equals("files"))
                    .hasToString("[{\"name\":\"files\",\"mountPath\":\"/etc/sluice/files\",\"readOnly\":true}]");
        }
    }

    @Test
    void areNamedByTheSettingsOfAllOrOfOne() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                files: {existingSecret: certificates}
                settings: {KAFKA_SSL_CA_FILE: /etc/sluice/files/ca.crt}
                consumer: {env: {KAFKA_SSL_KEY_FILE: /etc/sluice/files/consumer.key}}
                """);

        // Then
        assertThat(chart.get("ConfigMap", "todo").at("/data/KAFKA_SSL_CA_FILE").asText())
                .isEqualTo("/etc/sluice/files/ca.crt");
        assertThat(chart.container("todo-consumer").path("env").toString())
                .contains("{\"name\":\"KAFKA_SSL_KEY_FILE\",\"value\":\"/etc/sluice/files/consumer.key\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "settings: {KAFKA_SSL_CA_FILE: /etc/sluice/files/ca.crt}, settings.KAFKA_SSL_CA_FILE",
        "api: {env: {KAFKA_SSL_CA_FILE: /etc/sluice/files/ca.crt}}, api.env.KAFKA_SSL_CA_FILE",
        "consumer: {env: {KAFKA_SSL_CA_FILE: /etc/sluice/files/ca.crt}}, consumer.env.KAFKA_SSL_CA_FILE",
        "initJob: {env: {KAFKA_SSL_CA_FILE: /etc/sluice/files/ca.crt}}, initJob.env.KAFKA_SSL_CA_FILE"
    })
    void areNotNamedWithoutTheSecret(String values, String place) {
        assertThatThrownBy(() -> RenderedChart.text("todo", values))
                .hasMessageContaining(place + " is /etc/sluice/files/ca.crt, which no pod has")
                .hasMessageContaining("set files.existingSecret to the name of a Secret with the key ca.crt");
    }
}
