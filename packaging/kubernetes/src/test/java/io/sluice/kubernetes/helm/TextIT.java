package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.kubernetes.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that look like numbers or dates stay texts in the YAML that the build writes, for the reader that Helm, Kubernetes and kustomize share. */
class TextIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234e56",
                "1E3",
                "1e-3",
                "12",
                "0123",
                "08",
                "0o17",
                "0x1F",
                "0b11",
                "1_000",
                "1.10",
                "1.",
                ".5",
                "1.5e3",
                "+1",
                "-1",
                "20261127",
                "12345678901234567890",
                "2026-11-27",
                "2026-11-27T10:00:00Z",
                "12:30",
                ".inf",
                ".NaN",
                "yes",
                "No",
                "on",
                "OFF",
                "y",
                "N",
                "true",
                "null",
                "Null",
                "~",
                "<<",
                "=",
                "1.2.3",
                "v1",
                "e2e-20261127120000",
                "m1",
                "a: b",
                "#1",
                "100m"
            })
    void textStaysText(String text, @TempDir Path chart) throws IOException {
        // Given
        Values values = new Values();
        values.add("tag", TextNode.valueOf(text));
        ObjectNode labelled = JsonNodeFactory.instance.objectNode().put("label", text);
        Files.writeString(chart.resolve("Chart.yaml"), "{apiVersion: v2, name: text, version: 1.0.0}");
        Files.writeString(chart.resolve("values.yaml"), values.fill("tag: ${tag}", ""));
        Files.createDirectory(chart.resolve("templates"));
        Files.writeString(
                chart.resolve("templates/types.yaml"),
                """
                {{- $resource := fromYaml %s }}
                kind: Types
                value: {{ print (kindOf .Values.tag) " " .Values.tag | quote }}
                label: {{ print (kindOf $resource.label) " " $resource.label | quote }}
                """
                        .formatted(TextNode.valueOf(Resources.text(labelled))));

        // When
        ObjectNode types = RenderedChart.of(chart, "todo", "{}").resources().only("Types");

        // Then
        String expected = "string " + text;
        assertThat(types.path("value").asText()).isEqualTo(expected);
        assertThat(types.path("label").asText()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.10.0", "1.10"})
    void theVersionIsText(String version, @TempDir Path chart) throws IOException {
        // Given
        Path written = Path.of("../..", "src/main/helm/Chart.yaml");
        Files.writeString(
                chart.resolve("Chart.yaml"),
                Files.readString(written)
                        .replace("${project.version}", "1.10.0")
                        .replace("${image.tag}", version));
        Files.createDirectory(chart.resolve("templates"));
        Files.writeString(
                chart.resolve("templates/version.yaml"), "kind: Version\nvalue: {{ .Chart.AppVersion | quote }}");

        // When
        ObjectNode found = RenderedChart.of(chart, "todo", "{}").resources().only("Version");

        // Then
        assertThat(found.path("value").asText()).isEqualTo(version);
    }
}
