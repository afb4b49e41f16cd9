package io.sluice.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.e2e.BearerToken;
import io.sluice.e2e.Client;
import io.sluice.e2e.cluster.Command.Ended;
import io.sluice.testkit.Certificates;
import io.sluice.testkit.Certificates.Issued;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart, with the Kafka and the PostgreSQL of the overlay local. The tests go on where the one before has left it.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HelmIT {

    @RegisterExtension
    static final Deployed DEPLOYED = new Deployed("helm", "");

    private static final Kubectl KUBECTL = DEPLOYED.kubectl();
    private static final Helm HELM = new Helm(KUBECTL.namespace());
    private static final String KEY = "of the tests of the chart, 32 at least";
    private static final String ANOTHER_KEY = "that nobody has told to the api, 32 at least";

    @BeforeAll
    static void deployKafkaAndPostgresql() {
        Skip.unless(Helm.isInstalled(), "there is no helm on the PATH, so the chart is not installed.");
        KUBECTL.run(
                "apply",
                "--kustomize=" + DEPLOYED.overlay(),
                "--selector=app.kubernetes.io/name notin (api,consumer,worker,init-job,retention)");
    }

    /** As the guide does it: a database of its own, and the Secret that goes with it. */
    private static void createSecret(String release, String database) {
        KUBECTL.run(
                "create",
                "secret",
                "generic",
                release,
                "--from-literal=DATABASE_URL=postgresql://sluice:local-db@postgresql:5432/" + database,
                "--from-literal=AUTH_SECRET=" + KEY);
    }

    @Test
    @Order(1)
    void aReleaseServes() {
        // Given
        createSecret("one", "sluice");

        // When
        HELM.upgradeAndWait("one", "--set=api.service.nodePort=null");

        // Then
        assertThat(HELM.run("test", "one", "--logs")).contains("Posted /api/v1/messages/", "Read it back: ");
    }

    @Test
    @Order(2)
    void aChangedSettingRunsTheJobAndRollsThePods() {
        // Given
        List<String> before =
                pods("one", "init-job", "api", "consumer").map(Pod::name).toList();

        // When
        HELM.upgradeAndWait(
                "one", "--reuse-values", "--set=settings.TOPIC_PARTITIONS=13", "--set=settings.LOG_LEVEL=WARN");

        // Then
        assertThat(pods("one", "init-job")).extracting(Pod::name).anyMatch(name -> !before.contains(name));
        assertThat(partitions()).contains("PartitionCount: 13");
        await().atMost(Deployed.TIMEOUT).untilAsserted(() -> assertThat(pods("one", "api", "consumer"))
                .extracting(Pod::name)
                .hasSize(2)
                .doesNotContainAnyElementsOf(before));
    }

    private static String partitions() {
        return KUBECTL.run(
                "exec",
                "kafka-0",
                "--",
                "/opt/kafka/bin/kafka-topics.sh",
                "--bootstrap-server=kafka:9092",
                "--describe",
                "--topic=messages");
    }

    @Test
    @Order(3)
    @Tag("long")
    void theTestOfAReleaseFailsWhereItsKeyIsNotTheApis() {
        // Given
        setKey(ANOTHER_KEY);

        // When
        Ended test = HELM.attempt("test", "one", "--timeout=20s");

        // Then
        assertThat(test.exitCode()).isNotZero();
        assertThat(KUBECTL.run("logs", "one-smoke-test")).contains("not yet 202: 401");
        setKey(KEY);
    }

    /** Without a restart, and so for all but the pods that there are. */
    private static void setKey(String key) {
        KUBECTL.run("patch", "secret", "one", "--patch={\"stringData\":{\"AUTH_SECRET\":\"%s\"}}".formatted(key));
    }

    @Test
    @Order(4)
    @Tag("long")
    void fourPodsAreReadyWithinAMinuteAndShareTheLoad() {
        // When
        Instant asked = Instant.now();
        HELM.upgrade("one", "--reuse-values", "--set=api.replicas=4");

        // Then
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> pods("one", "api").filter(Pod::isReady).count() == 4);
        System.out.printf(
                "Four pods were ready after %d s.%n",
                Duration.between(asked, Instant.now()).toSeconds());
        URI api = DEPLOYED.url("one-api");
        String[] pods = pods("one", "api").map(Pod::name).toArray(String[]::new);
        await().until(() -> answering(api, 100), answers -> {
            System.out.println("Of 100 requests over connections of their own: " + answers);
            return answers.keySet().containsAll(Arrays.asList(pods));
        });
    }

    /** The pods that have answered so many requests, each over a connection of its own, with the number of each. */
    private static Map<String, Long> answering(URI api, int requests) {
        return Stream.generate(() -> new Client(api).get("/health"))
                .limit(requests)
                .map(answer -> answer.json().path("pod-name").textValue())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Test
    @Order(5)
    @Tag("long")
    void aRollbackBringsTheFirstRevisionBack() {
        // When
        HELM.run("rollback", "one", "1", "--wait", "--wait-for-jobs", "--timeout=5m");

        // Then
        assertThat(KUBECTL.get("configmap", "one").at("/data/LOG_LEVEL").textValue())
                .isEqualTo("INFO");
        await().atMost(Deployed.TIMEOUT)
                .untilAsserted(() -> assertThat(pods("one", "api")).hasSize(1));
        assertThat(partitions()).contains("PartitionCount: 13");
        HELM.run("test", "one");
    }

    @Test
    @Order(6)
    @Tag("long")
    void aReleaseSpeaksHttps(@TempDir Path folder) {
        // Given
        Issued issued = Certificates.in(folder).issue("api.example.com", "dns:api.example.com");
        KUBECTL.run(
                "create",
                "secret",
                "generic",
                "files",
                "--from-file=tls.crt=" + issued.certificate(),
                "--from-file=tls.key=" + issued.key());

        // When
        HELM.upgradeAndWait(
                "one",
                "--reuse-values",
                "--set=files.existingSecret=files",
                "--set=settings.HTTP_TLS_CERTIFICATE_FILE=/etc/sluice/files/tls.crt",
                "--set=settings.HTTP_TLS_KEY_FILE=/etc/sluice/files/tls.key");

        // Then
        assertThat(HELM.run("test", "one", "--logs")).contains("Read it back: ");
        assertThat(KUBECTL.get("pod", "one-smoke-test").at("/spec/containers/0/command"))
                .anyMatch(argument -> argument.textValue().startsWith("https://one-api:"));
        HELM.run("rollback", "one", "--wait", "--wait-for-jobs", "--timeout=5m");
        HELM.run("test", "one");
    }

    @Test
    @Order(7)
    @Tag("long")
    void aSecondReleaseWorksBesideTheFirst() {
        // Given
        KUBECTL.run(
                "exec",
                "postgresql-0",
                "--",
                "psql",
                "--username=postgres",
                "--command=create database two owner sluice");
        createSecret("two", "two");

        // When
        HELM.upgradeAndWait(
                "two",
                "--set=api.service.nodePort=null",
                "--set=settings.TOPIC_PREFIX=two-",
                "--set=settings.KAFKA_GROUP_ID=two");

        // Then
        HELM.run("test", "two");
        HELM.run("test", "one");
        Client one = client("one");
        Client two = client("two");
        String id = one.post("{\"payload\":1}").id();
        assertThat(one.read(id).status()).isEqualTo(200);
        assertThat(two.get("/api/v1/messages/" + id).status()).isEqualTo(404);
    }

    private static Client client(String release) {
        Instant expiry = Instant.now().plus(Duration.ofMinutes(5));
        return new Client(
                DEPLOYED.url(release + "-api"), BearerToken.until(expiry, KEY).text());
    }

    @Test
    @Order(8)
    @Tag("long")
    void uninstalledAReleaseLeavesNothingButThePodOfItsTest() {
        for (String release : List.of("two", "one")) {
            // When
            HELM.run("uninstall", release, "--wait", "--timeout=5m");

            // Then
            await().atMost(Deployed.TIMEOUT).untilAsserted(() -> assertThat(resources(release))
                    .containsExactly("pod/" + release + "-smoke-test"));
            assertThat(HELM.run("list", "--all", "--short").lines()).doesNotContain(release);
        }
    }

    /** All that has a release's label: kinds and names. What kubectl says besides, of kinds that are outdated, is left out. */
    private static Stream<String> resources(String release) {
        String kinds = KUBECTL.run("api-resources", "--namespaced", "--verbs=list", "--output=name")
                .lines()
                .filter(kind -> !kind.endsWith(".metrics.k8s.io"))
                .collect(Collectors.joining(","));
        return KUBECTL.run("get", kinds, "--selector=app.kubernetes.io/instance=" + release, "--output=name")
                .lines()
                .filter(line -> !line.startsWith("Warning: "));
    }

    /** Of a release, those that are about to end too. */
    private static Stream<Pod> pods(String release, String... programs) {
        return KUBECTL
                .podsWith("app.kubernetes.io/instance=%s,app.kubernetes.io/name in (%s)"
                        .formatted(release, String.join(",", programs)))
                .stream();
    }
}
