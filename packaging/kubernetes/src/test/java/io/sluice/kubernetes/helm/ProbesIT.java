package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Probes that values can choose; those that are refused are in {@link SchemaIT}. */
class ProbesIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "consumer | livenessProbe | {httpGet: null, exec: {command: [pgrep, java]}} | \"exec\":{\"command\":[\"pgrep\",\"java\"]}",
                "consumer | startupProbe | {httpGet: null, tcpSocket: {port: http}} | \"tcpSocket\":{\"port\":\"http\"}",
                "api | livenessProbe | {terminationGracePeriodSeconds: 5} | \"terminationGracePeriodSeconds\":5",
                "api | readinessProbe | {successThreshold: 2, httpGet: {port: http}} | \"successThreshold\":2",
                "api | readinessProbe | {httpGet: {port: http}} | \"httpGet\":{\"path\":\"/health/ready\",\"port\":\"http\",\"scheme\":\"HTTP\"}"
            })
    void takesProbesOfEverySort(String program, String probe, String value, String rendered) throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("%s: {%s: %s}".formatted(program, probe, value));

        // Then
        JsonNode there = chart.container("todo-" + program).path(probe);
        assertThat(there.toString()).contains(rendered).contains("\"periodSeconds\"");
        assertThat(Stream.of("exec", "httpGet", "tcpSocket").filter(there::has)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "api, startupProbe",
        "api, livenessProbe",
        "consumer, startupProbe",
        "consumer, livenessProbe",
        "consumer, readinessProbe"
    })
    void leavesProbesOut(String program, String probe) throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("%s: {%s: null}".formatted(program, probe));

        // Then
        assertThat(chart.container("todo-" + program).has(probe)).isFalse();
    }

    @Test
    void speakHttpsWhereTheApiDoes() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                files: {existingSecret: certificates}
                settings: {HTTP_TLS_CERTIFICATE_FILE: /etc/sluice/files/tls.crt, HTTP_TLS_KEY_FILE: /etc/sluice/files/tls.key}
                api: {livenessProbe: {httpGet: {port: http}}, readinessProbe: {httpGet: null, tcpSocket: {port: http}}}
                """);

        // Then
        JsonNode api = chart.container("todo-api");
        assertThat(api.at("/startupProbe/httpGet/scheme").asText()).isEqualTo("HTTPS");
        assertThat(api.at("/livenessProbe/httpGet/scheme").asText()).isEqualTo("HTTPS");
        assertThat(api.at("/readinessProbe/tcpSocket")).hasToString("{\"port\":\"http\"}");
        JsonNode consumer = chart.container("todo-consumer");
        assertThat(consumer.at("/livenessProbe/httpGet/scheme").asText()).isEqualTo("HTTP");
    }

    @Test
    void speakHttpToThePortThatAlwaysDoes() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                files: {existingSecret: certificates}
                settings: {HTTP_TLS_CERTIFICATE_FILE: /etc/sluice/files/tls.crt, HTTP_TLS_KEY_FILE: /etc/sluice/files/tls.key}
                api: {livenessProbe: {httpGet: {path: /metrics, port: management}}}
                """);

        // Then
        assertThat(chart.container("todo-api")
                        .at("/livenessProbe/httpGet/scheme")
                        .asText())
                .isEqualTo("HTTP");
    }
}
