package io.sluice.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.e2e.Client;
import io.sluice.e2e.cluster.Command.Ended;
import io.sluice.e2e.cluster.Load.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The overlay local. The tests go on where the one before has left it, because nobody has the time to deploy it for each. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {

    @RegisterExtension
    static final Deployed DEPLOYED = new Deployed();

    /** So many requests for each disturbance, which is repeated until then; 0 for one disturbance. */
    private static final int REQUESTS = Integer.getInteger("sluice.cluster.requests", 0);

    private static final int POSTS_PER_SECOND = 50;

    /** Before a disturbance and behind it. */
    private static final int SOME_REQUESTS = 100;

    /** A fifth of a core, which others may take as well: what it took is printed, and this is what no program may need. */
    private static final Duration READY_AFTER = Duration.ofSeconds(90);

    /** Of its limit, which a pod may take. */
    private static final double SHARE_OF_MEMORY = 0.8;

    private static final Kubectl KUBECTL = DEPLOYED.kubectl();
    private static final List<String> RESULTS = new ArrayList<>();

    @AfterAll
    static void logResults() {
        System.out.println(String.join("\n", RESULTS));
    }

    @Test
    @Order(1)
    void isDeployedIntoAnEmptyNamespaceByOneCommand() {
        // When
        Deployed.script("deploy.sh", DEPLOYED.overlay().toString());

        // Then
        String tested = Deployed.script("smoke-test.sh", DEPLOYED.api().toString());
        assertThat(tested).contains("is stored as it was sent");
        assertThat(pods())
                .allSatisfy(pod -> assertThat(KUBECTL.run("logs", pod.name()).lines())
                        .anyMatch(line -> line.contains("\"aot-cache\"") && line.contains("\"in-use\"")));
        assertThat(KUBECTL.run("logs", "--selector=app.kubernetes.io/name=init-job", "--tail=-1"))
                .contains("aot-cache state=in-use");
    }

    @Test
    @Order(2)
    void applyingItAgainChangesNothing() {
        // When
        Ended difference =
                KUBECTL.attempt("diff", "--kustomize", DEPLOYED.overlay().toString());
        String applied = KUBECTL.run("apply", "--kustomize", DEPLOYED.overlay().toString());

        // Then
        assertThat(difference.output()).isEmpty();
        assertThat(difference.exitCode()).isZero();
        assertThat(applied.lines()).isNotEmpty().allMatch(line -> line.endsWith(" unchanged"));

        // When
        Ended byTheServer = KUBECTL.attempt(
                "apply",
                "--server-side",
                "--dry-run=server",
                "--kustomize",
                DEPLOYED.overlay().toString());

        // Then
        assertThat(byTheServer.exitCode()).as(byTheServer.output()).isZero();
    }

    @Test
    @Order(3)
    void initJobNeedsLessThanItsMemory() {
        // When
        LeanInitJob job = LeanInitJob.run(KUBECTL, SHARE_OF_MEMORY);

        // Then
        assertThat(job.reason()).isEqualTo("Completed");
        assertThat(job.log()).contains("aot-cache state=in-use");
    }

    @Test
    @Order(4)
    void atRestPodsNeedLessThanTheirMemory() {
        // Given
        Skip.unless(PodMemory.isMeasured(KUBECTL), "there is no metrics-server, so what pods use is not known");

        // When
        await().atMost(Deployed.TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> PodMemory.of(KUBECTL, pods()).size() == pods().size());

        // Then
        assertMemorySuffices();
    }

    @Test
    @Order(5)
    void aRollingRestartLosesNothing() {
        underLoad("rolling restart of api and consumer", () -> {
            KUBECTL.run("rollout", "restart", "deployment/api", "deployment/consumer");
            DEPLOYED.awaitRollouts();
        });

        Duration untilReady = KUBECTL.pods("api").get(0).untilReady();
        log("The api was ready %d s after the start of its container.".formatted(untilReady.toSeconds()));
        assertThat(untilReady).isLessThan(READY_AFTER);
    }

    @Test
    @Order(6)
    void scalingLosesNoRequest() {
        underLoad("api scaled from 1 to 3 and back", () -> {
            scaleApi(3);
            scaleApi(1);
        });
    }

    @Test
    @Order(7)
    void aDeletedPodLosesNoRequest() {
        // Given
        scaleApi(2);

        underLoad("a pod of the api and one of the consumer deleted", () -> {
            KUBECTL.run(
                    "delete",
                    "pod",
                    KUBECTL.pods("api").get(0).name(),
                    KUBECTL.pods("consumer").get(0).name());
            DEPLOYED.awaitRollouts();
        });

        scaleApi(1);
    }

    private static void scaleApi(int replicas) {
        KUBECTL.run("scale", "deployment/api", "--replicas=" + replicas);
        DEPLOYED.awaitRollouts();
    }

    @Test
    @Order(8)
    void anUpgradeAcrossAMigrationAndBackLosesNothing() {
        // Given
        Path next = NextVersion.writeBeside(DEPLOYED.overlay(), KUBECTL.namespace());

        underLoad("upgrade across a migration, and back", () -> {
            deploy(next);
            deploy(DEPLOYED.overlay());
        });

        // Then
        assertThat(KUBECTL.run("logs", "--selector=app.kubernetes.io/name=init-job", "--tail=-1"))
                .contains("version 1000 is newer than this program");
    }

    private static void deploy(Path overlay) {
        Deployed.script("deploy.sh", overlay.toString());
        DEPLOYED.awaitRollouts();
    }

    @Test
    @Order(9)
    void aChangedSettingRunsTheJobAndRollsThePods() {
        // Given
        List<String> before = Stream.concat(pods().stream(), KUBECTL.pods("init-job").stream())
                .map(Pod::name)
                .toList();

        // When
        DEPLOYED.set("TOPIC_PARTITIONS=13", "LOG_LEVEL=WARN");
        DEPLOYED.apply(DEPLOYED.overlay());

        // Then
        assertThat(KUBECTL.pods("init-job")).extracting(Pod::name).anyMatch(name -> !before.contains(name));
        assertThat(pods()).extracting(Pod::name).doesNotContainAnyElementsOf(before);
    }

    @Test
    @Order(10)
    void aWrongPasswordIsWaitedForAndAMalformedUrlIsTold() {
        // When
        Pod unready = podWithDatabase("postgresql://sluice:wrong@postgresql:5432/sluice", "state/running");

        // Then
        await().atMost(Deployed.TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> health(unready), health -> health.contains("password authentication failed"));
        Pod later = new Pod(KUBECTL.get("pod", unready.name()));
        assertThat(later.isReady()).isFalse();
        assertThat(later.restarts()).isZero();

        // When
        Pod ended = podWithDatabase("nonsense", "lastState/terminated");

        // Then
        assertThat(KUBECTL.run("describe", "pod", ended.name()))
                .contains("DATABASE_URL_FILE must be", "it must begin with postgresql://");

        // When
        KUBECTL.run("apply", "--kustomize", DEPLOYED.overlay().toString());
        KUBECTL.run("rollout", "restart", "deployment/api");

        // Then
        DEPLOYED.awaitRollouts();
        Deployed.script("smoke-test.sh", DEPLOYED.api().toString());
    }

    /** The answer of a pod itself: no Service leads to a pod that is not ready. */
    private static String health(Pod pod) {
        // One for each question: it ends when the pod does not listen yet.
        try (PortForward forward = PortForward.to(KUBECTL, pod.name(), 8080)) {
            return new Client(forward.url()).get("/health").text();
        }
    }

    @Test
    @Order(11)
    void resourcesMayComeInAnyOrder() {
        // Given
        List<String> resources = new ArrayList<>(
                List.of(KUBECTL.run("kustomize", DEPLOYED.overlay().toString()).split("\n---\n")));
        Collections.reverse(resources);
        Deployed.script("cleanup.sh", "--yes", DEPLOYED.overlay().toString());

        // When
        resources.forEach(KUBECTL::apply);

        // Then
        DEPLOYED.awaitRollouts();
        Deployed.script("smoke-test.sh", DEPLOYED.api().toString());
    }

    /** The program that listens at the node port's number on this machine may be another cluster's; here it is an api of another namespace. */
    @Test
    @Order(12)
    void anotherSluiceAtTheNodePortIsNotTested() {
        // Given
        Kubectl elsewhere = new Kubectl(KUBECTL.namespace() + "-elsewhere");
        elsewhere.run("create", "namespace", elsewhere.namespace());

        // When
        Ended tested;
        try {
            elsewhere.apply(leadingTo(KUBECTL.pods("api").get(0)));
            tested = Deployed.script("smoke-test.sh", Map.of(), "--namespace", elsewhere.namespace());
        } finally {
            elsewhere.run("delete", "namespace", elsewhere.namespace(), "--wait=false");
        }

        // Then
        assertThat(tested.exitCode()).isEqualTo(1);
        assertThat(tested.output()).doesNotContain("ok  healthy").contains("Service api cannot be reached");
    }

    private static String leadingTo(Pod pod) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: api, labels: {app.kubernetes.io/name: api, app.kubernetes.io/part-of: sluice}}
                spec: {type: NodePort, ports: [{name: http, port: 8080}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: api, labels: {kubernetes.io/service-name: api}}
                addressType: IPv4
                ports: [{name: http, port: 8080}]
                endpoints: [{addresses: [%s]}]
                """
                .formatted(pod.json().at("/status/podIP").textValue());
    }

    @Test
    @Order(13)
    void aUserOfTheNamespaceAloneDeploysTestsAndRemovesIt() {
        // Given
        Map<String, String> user =
                Map.of("KUBECONFIG", NamespaceUser.create(KUBECTL).kubeconfig().toString());
        String overlay = DEPLOYED.overlay().toString();

        // When
        Ended deployed = Deployed.script("deploy.sh", user, overlay);
        Ended tested = Deployed.script("smoke-test.sh", user, "--namespace", KUBECTL.namespace());
        Ended removed = Deployed.script("cleanup.sh", user, "--yes", "--data", overlay);

        // Then
        assertThat(deployed.output()).contains("is left as it is, because you may not change it");
        assertThat(deployed.exitCode()).as(deployed.output()).isZero();
        assertThat(tested.output()).contains("is stored as it was sent");
        assertThat(removed.exitCode()).as(removed.output()).isZero();
        assertThat(KUBECTL.get("pods,jobs,persistentvolumeclaims,secrets").path("items"))
                .isEmpty();
    }

    /** Starts a pod of the api with this, beside those that serve, and waits until its container is in a state. */
    private static Pod podWithDatabase(String url, String state) {
        List<String> before = KUBECTL.pods("api").stream().map(Pod::name).toList();
        KUBECTL.run(
                "patch", "secret", "sluice", "--patch", "{\"stringData\":{\"DATABASE_URL\":\"%s\"}}".formatted(url));
        KUBECTL.run("rollout", "restart", "deployment/api");
        return await().atMost(Deployed.TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> KUBECTL.pods("api").stream()
                                .filter(pod -> !before.contains(pod.name()))
                                .filter(pod -> pod.is(state))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Posts while something happens, and checks that every event was accepted, and is stored once. */
    private static void underLoad(String what, Runnable disturbance) {
        URI api = DEPLOYED.api();
        Outcome outcome;
        int times = 0;
        try (Load load = Load.start(api, POSTS_PER_SECOND)) {
            load.awaitMore(SOME_REQUESTS);
            do {
                disturbance.run();
                times++;
            } while (load.requests() < REQUESTS);
            load.awaitMore(SOME_REQUESTS);
            assertMemorySuffices();
            outcome = load.stop();
        }
        log("| %s | %d | %d | %d | %d | %d | %.1f s |"
                .formatted(
                        what,
                        times,
                        outcome.requests(),
                        outcome.failures().size(),
                        outcome.lost(),
                        outcome.duplicates(),
                        outcome.slowest().toMillis() / 1000.0));
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.duplicates()).isZero();
        assertThat(pods()).allSatisfy(pod -> assertThat(pod.restarts()).isZero());
    }

    private static void assertMemorySuffices() {
        List<PodMemory> memory = PodMemory.of(KUBECTL, pods());
        memory.forEach(pod -> log(pod.toString()));
        assertThat(memory).allSatisfy(pod -> assertThat(pod.share()).isLessThan(SHARE_OF_MEMORY));
    }

    private static void log(String result) {
        RESULTS.add(result);
        System.out.println(result);
    }

    private static List<Pod> pods() {
        return Stream.of("api", "consumer")
                .flatMap(program -> KUBECTL.pods(program).stream())
                .toList();
    }
}
