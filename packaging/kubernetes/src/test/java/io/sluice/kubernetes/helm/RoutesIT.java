package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesIT {

    @Test
    void hasNeitherUnlessAskedFor() throws IOException {
        assertThat(RenderedChart.of("").names())
                .noneMatch(name -> name.startsWith("Ingress"))
                .noneMatch(name -> name.startsWith("HTTPRoute"));
    }

    @Test
    void leadsAHostToTheApiByAnIngress() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                ingress:
                  enabled: true
                  className: nginx
                  annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 2m}
                  hosts: [{host: api.example.com}, {host: example.com, paths: [{path: /health, pathType: Exact}, {path: /api}]}]
                  tls: [{secretName: api-tls, hosts: [api.example.com]}]
                """);

        // Then
        JsonNode ingress = chart.get("Ingress", "todo-api");
        assertThat(ingress.at("/metadata/annotations").toString()).contains("proxy-body-size\":\"2m\"");
        String backend = "\"backend\":{\"service\":{\"name\":\"todo-api\",\"port\":{\"name\":\"http\"}}}";
        assertThat(ingress.path("spec"))
                .hasToString(
                        "{\"ingressClassName\":\"nginx\",\"tls\":[{\"hosts\":[\"api.example.com\"],\"secretName\":\"api-tls\"}],\"rules\":["
                                + "{\"host\":\"api.example.com\",\"http\":{\"paths\":[{\"path\":\"/\",\"pathType\":\"Prefix\",%1$s}]}},"
                                        .formatted(backend)
                                + "{\"host\":\"example.com\",\"http\":{\"paths\":[{\"path\":\"/health\",\"pathType\":\"Exact\",%1$s},{\"path\":\"/api\",\"pathType\":\"Prefix\",%1$s}]}}]}"
                                        .formatted(backend));
        assertThat(chart.get("Service", "todo-api").at("/spec/ports/0/name").asText())
                .isEqualTo("http");
    }

    @Test
    void leadsAGatewaysRequestsToTheApiByAnHttpRoute() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                api: {service: {port: 8000}}
                httpRoute:
                  enabled: true
                  parentRefs: [{name: public, namespace: gateways, sectionName: https}]
                  hostnames: [api.example.com]
                """);

        // Then
        assertThat(chart.get("HTTPRoute", "todo-api").path("spec"))
                .hasToString(
                        "{\"parentRefs\":[{\"name\":\"public\",\"namespace\":\"gateways\",\"sectionName\":\"https\"}],"
                                + "\"hostnames\":[\"api.example.com\"],"
                                + "\"rules\":[{\"backendRefs\":[{\"name\":\"todo-api\",\"port\":8000}],"
                                + "\"matches\":[{\"path\":{\"type\":\"PathPrefix\",\"value\":\"/\"}}]}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ingress: {enabled: true} | ingress.hosts is empty: give it a host",
                "httpRoute: {enabled: true} | httpRoute.parentRefs is empty: give it a Gateway",
                "httpRoute: {rules: [{backendRefs: []}]} | /httpRoute/rules/0/backendRefs",
                "ingress: {hosts: [api.example.com]} | /ingress/hosts/0",
                "ingress: {hosts: [{host: h, paths: [{path: api}]}]} | /ingress/hosts/0/paths/0/path"
            })
    void saysWhatIsMissingOrWrong(String values, String message) {
        assertThatThrownBy(() -> RenderedChart.text("todo", values)).hasMessageContaining(message);
    }
}
