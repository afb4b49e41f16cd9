package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.kubernetes.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PodValuesIT {

    static List<Program> programs() throws IOException {
        return Program.all(Path.of("../.."));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void placesLabelsAndAnnotatesThePodsOfAProgram(Program program) throws IOException {
        // Given
        String values =
                """
                %s:
                  podAnnotations: {example.com/team: storage}
                  podLabels: {example.com/cost-center: "42"}
                  nodeSelector: {kubernetes.io/arch: amd64}
                  tolerations: [{key: dedicated, operator: Equal, value: events, effect: NoSchedule}]
                  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: []}]}}}
                """
                        .formatted(program.valuesKey());

        // When
        RenderedChart chart = RenderedChart.of(values);

        // Then
        for (JsonNode pod : pods(chart, program)) {
            assertThat(pod.at("/metadata/annotations/example.com~1team").asText())
                    .isEqualTo("storage");
            assertThat(pod.at("/metadata/annotations/checksum~1settings").asText())
                    .isNotEmpty();
            assertThat(pod.at("/metadata/labels/example.com~1cost-center").textValue())
                    .isEqualTo("42");
            assertThat(pod.at("/metadata/labels/app.kubernetes.io~1instance").asText())
                    .isEqualTo("todo");
            assertThat(pod.at("/spec/nodeSelector")).hasToString("{\"kubernetes.io/arch\":\"amd64\"}");
            assertThat(pod.at("/spec/tolerations/0/value").asText()).isEqualTo("events");
            assertThat(pod.at("/spec/affinity/nodeAffinity").isObject()).isTrue();
        }
        assertThat(chart.resources().text().split("example.com/team: storage", -1))
                .hasSize(1 + pods(chart, program).size());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void givesAProgramVariablesThatAreReferences(Program program) throws IOException {
        // Given
        String proxy = "{name: HTTP_PROXY, valueFrom: {secretKeyRef: {name: proxy, key: url}}}";

        // When
        RenderedChart chart =
                RenderedChart.of("%s: {env: {A: x}, extraEnv: [%s]}".formatted(program.valuesKey(), proxy));

        // Then
        for (JsonNode pod : pods(chart, program)) {
            assertThat(pod.at("/spec/containers/0/env").toString())
                    .contains("{\"name\":\"A\",\"value\":\"x\"}")
                    .contains(
                            "{\"name\":\"HTTP_PROXY\",\"valueFrom\":{\"secretKeyRef\":{\"key\":\"url\",\"name\":\"proxy\"}}}");
        }
    }

    @Test
    void refusesAVariableThatIsThereTwice() {
        assertThatThrownBy(() ->
                        RenderedChart.text("todo", "consumer: {env: {A: x}, extraEnv: [{name: A, value: other}]}"))
                .hasMessageContaining("consumer.env and consumer.extraEnv both have A: leave it in one of them");
    }

    /** An empty name means the namespace's default account. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{} | '' | none",
                "{create: true} | todo | todo",
                "{create: true, name: events} | events | events",
                "{name: events} | events | none"
            })
    void namesTheServiceAccount(String account, String name, String made) throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("serviceAccount: " + account);

        // Then
        for (Program program : programs()) {
            assertThat(pods(chart, program))
                    .allMatch(pod -> pod.at("/spec/serviceAccountName").asText().equals(name))
                    .allMatch(
                            pod -> !pod.at("/spec/automountServiceAccountToken").asBoolean(true));
        }
        assertThat(chart.names().stream().filter(resource -> resource.startsWith("ServiceAccount")))
                .isEqualTo(made == null ? List.of() : List.of("ServiceAccount " + made));
    }

    @Test
    void annotatesTheServiceAccountThatItMakes() throws IOException {
        // When
        RenderedChart chart =
                RenderedChart.of("serviceAccount: {create: true, annotations: {example.com/role: events}}");

        // Then
        JsonNode account = chart.get("ServiceAccount", "todo");
        assertThat(account.at("/metadata/annotations/example.com~1role").asText())
                .isEqualTo("events");
        assertThat(account.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    }

    private static List<JsonNode> pods(RenderedChart chart, Program program) {
        return program.isDeployment()
                ? List.of(chart.get("Deployment", "todo-" + program.name()).at("/spec/template"))
                : List.of(
                        chart.resources().only("Job").at("/spec/template"),
                        chart.resources().only("CronJob").at("/spec/jobTemplate/spec/template"));
    }
}
