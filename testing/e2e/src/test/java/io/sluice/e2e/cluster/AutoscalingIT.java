package io.sluice.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.e2e.cluster.Load.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The overlay local with the component autoscaling. */
@Tag("cluster")
@Tag("long")
class AutoscalingIT {

    /** More than two pods can answer with what they request. */
    private static final int MANY = 400;

    private static final int AT_MOST = 4;

    /** The component's five minutes would be waited for. */
    private static final String SOON =
            """
              - target:
                  kind: HorizontalPodAutoscaler
                  name: api
                patch: |-
                  - op: replace
                    path: /spec/maxReplicas
                    value: %d
                  - op: replace
                    path: /spec/behavior/scaleDown
                    value:
                      stabilizationWindowSeconds: 15
                      policies:
                        - type: Pods
                          value: 2
                          periodSeconds: 15
            components:
              - ../../components/autoscaling
            """
                    .formatted(AT_MOST);

    @RegisterExtension
    static final Deployed DEPLOYED = new Deployed("autoscaling", SOON);

    private static final Kubectl KUBECTL = DEPLOYED.kubectl();

    @BeforeAll
    static void needsMetrics() {
        Skip.unless(
                KUBECTL.attempt("get", "--raw", "/apis/metrics.k8s.io/v1beta1/nodes")
                                .exitCode()
                        == 0,
                "the cluster has no metrics-server, so nothing is scaled by its load.");
    }

    @Test
    void thereAreMorePodsUnderLoadWhateverIsAppliedAndTwoAfterIt() {
        // Given
        Deployed.script("deploy.sh", DEPLOYED.overlay().toString());
        awaitReplicas(2);

        Outcome outcome;
        try (Load load = Load.start(DEPLOYED.api(), MANY)) {
            // When
            awaitReplicas(AT_MOST);

            // Then
            long generation = generation();
            KUBECTL.run("apply", "--kustomize", DEPLOYED.overlay().toString());
            assertThat(generation()).isEqualTo(generation);
            assertThat(replicas()).isEqualTo(AT_MOST);
            outcome = load.stop();
        }
        System.out.printf("The api was scaled to %d under %d requests.%n", AT_MOST, outcome.requests());
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.lost()).isZero();

        // Then
        awaitReplicas(2);
    }

    private static void awaitReplicas(int number) {
        await().atMost(Deployed.TIMEOUT).pollInterval(Duration.ofSeconds(1)).until(() -> replicas() == number);
        DEPLOYED.awaitPods("api", number);
    }

    private static int replicas() {
        return api().at("/spec/replicas").intValue();
    }

    /** Of what is asked for: another one after each change, the autoscaler's too. */
    private static long generation() {
        return api().at("/metadata/generation").longValue();
    }

    private static JsonNode api() {
        return KUBECTL.get("deployment", "api");
    }
}
