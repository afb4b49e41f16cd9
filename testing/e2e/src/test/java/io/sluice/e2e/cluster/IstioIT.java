package io.sluice.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The overlay local with the component istio, through the ingress gateway of the cluster's Istio. */
@Tag("cluster")
class IstioIT {

    /** Others may be served by the same gateway. */
    private static final String HOST = "e2e.sluice.example";

    @RegisterExtension
    static final Deployed DEPLOYED = new Deployed(
            "istio",
            """
              - target:
                  kind: VirtualService
                  name: api
                patch: |-
                  - op: replace
                    path: /spec/hosts
                    value:
                      - %s
            components:
              - ../../components/istio
            """
                    .formatted(HOST));

    private static final Kubectl GATEWAY = new Kubectl("istio-system");
    private static final Pattern TESTED = Pattern.compile("Testing (http://\\S+:([0-9]+))");

    @BeforeAll
    static void needsIstio() {
        Skip.unless(
                GATEWAY.attempt("get", "service", "istio-ingressgateway").exitCode() == 0,
                "the cluster has no ingress gateway of Istio, so nothing is asked through it.");
    }

    @Test
    void theGatewayLeadsToTheApiAndToNothingElseOfIt() {
        // Given
        Deployed.script("deploy.sh", DEPLOYED.overlay().toString());

        // When
        String tested = Deployed.script(
                "smoke-test.sh", "--istio", "--namespace", DEPLOYED.kubectl().namespace());

        // Then
        assertThat(tested).contains("is stored as it was sent");
        Matcher gateway = TESTED.matcher(tested);
        assertThat(gateway.find()).isTrue();
        assertThat(ports()).contains(Integer.valueOf(gateway.group(2)));
        assertThat(status(gateway.group(1) + "/health", HOST)).isEqualTo("200");
        assertThat(status(gateway.group(1) + "/metrics", HOST)).isEqualTo("404");
        // Where the gateway serves another Sluice as every host, that one has images alone.
        assertThat(status(gateway.group(1) + "/api/v1/messages", HOST)).isEqualTo("200");
        assertThat(status(gateway.group(1) + "/api/v1/messages", "another.example"))
                .isEqualTo("404");
    }

    private static List<Integer> ports() {
        return GATEWAY.get("service", "istio-ingressgateway").findValues("nodePort").stream()
                .map(port -> port.intValue())
                .toList();
    }

    /** By curl, because Java's client lets nobody choose the host; the script has needed it already. */
    private static String status(String url, String host) {
        return Command.run(List.of(
                "curl",
                "--silent",
                "--noproxy",
                "*",
                "--output",
                "/dev/null",
                "--write-out",
                "%{http_code}",
                "--header",
                "Host: " + host,
                url));
    }
}
