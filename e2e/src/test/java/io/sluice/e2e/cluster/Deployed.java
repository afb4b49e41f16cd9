package io.sluice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The overlay {@code local} in a namespace of its own, as a user would do it: with a copy of target/kubernetes, in which settings are
 * edited, and an overlay above it. What can be chosen is in system properties, which {@code e2e/cluster/run} sets.
 */
final class Deployed {

    /** Enough for a machine on which all pods start at once, and something else runs too. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Path BUILT = Path.of("..", "target", "kubernetes");
    private static final Path COPY = Path.of("target", "cluster", "kubernetes").toAbsolutePath();
    private static final Path OVERLAY = COPY.resolve("overlays/e2e");
    private static final Path SETTINGS = COPY.resolve("overlays/local/settings.env");

    private final String namespace = System.getProperty("sluice.cluster.namespace", "sluice-e2e");
    private final int nodePort = Integer.getInteger("sluice.cluster.node-port", 30_180);
    private final Kubectl kubectl = new Kubectl(namespace);
    private final String settings;

    /** Writes the overlay; nothing is in the cluster yet. */
    Deployed() {
        copy();
        settings = read(SETTINGS);
        write(OVERLAY.resolve("kustomization.yml"), kustomization());
    }

    Kubectl kubectl() {
        return kubectl;
    }

    Path overlay() {
        return OVERLAY;
    }

    private static void copy() {
        try (Stream<Path> files = Files.walk(BUILT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = COPY.resolve(BUILT.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String kustomization() {
        return """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                resources:
                  - ../local
                patches:
                  - target:
                      kind: Service
                      name: api
                    patch: |-
                      - op: replace
                        path: /spec/ports/0/nodePort
                        value: %d
                """
                .formatted(namespace, nodePort);
    }

    /** Changes settings: lines of NAME=value behind those of the overlay, or none. */
    void set(String... lines) {
        write(SETTINGS, settings + String.join("\n", lines) + "\n");
    }

    /** Runs a script of target/kubernetes and gives what it prints; fails where it fails. */
    static String script(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(COPY.resolve(name).toString()));
        command.addAll(List.of(arguments));
        return Command.run(command);
    }

    /** Applies this overlay, its own or one above it, and waits until all of it is in effect. */
    void apply(Path overlay) {
        kubectl.run("apply", "--kustomize", overlay.toString());
        kubectl.run("wait", "--for=condition=complete", "jobs", "--all", "--timeout=" + PATIENCE.toSeconds() + "s");
        awaitRollouts();
    }

    /** Waits until all pods are those of the last change, and ready, and no other is left. */
    void awaitRollouts() {
        for (String program : List.of("api", "consumer")) {
            kubectl.run("rollout", "status", "deployment/" + program, "--timeout=" + PATIENCE.toSeconds() + "s");
            awaitPods(
                    program,
                    kubectl.get("deployment", program).at("/spec/replicas").intValue());
        }
    }

    /** Waits until there are so many pods and no other: one that is about to end still has clients. */
    void awaitPods(String program, int number) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> kubectl.pods(program).size() == number
                        && kubectl.pods(program).stream().allMatch(Pod::isReady));
    }

    /** Where clients reach the Service: a node's address, or this machine's where the cluster is on it. */
    URI api() {
        List<String> hosts = new ArrayList<>();
        kubectl.get("nodes")
                .path("items")
                .findValues("addresses")
                .forEach(addresses -> addresses.forEach(address -> {
                    if (address.path("type").textValue().equals("InternalIP")) {
                        hosts.add(address.path("address").textValue());
                    }
                }));
        hosts.add("127.0.0.1");
        return hosts.stream()
                .filter(this::answers)
                .findFirst()
                .map(host -> URI.create("http://" + host + ":" + nodePort))
                .orElseThrow(() -> new AssertionError("port " + nodePort + " cannot be reached at " + hosts));
    }

    private boolean answers(String host) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, nodePort), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void deleteNamespace() {
        kubectl.run("delete", "namespace", namespace, "--ignore-not-found", "--timeout=180s");
    }

    /** What helps whoever has to find out why a test has failed. */
    String state() {
        StringBuilder state = new StringBuilder();
        for (String[] question : List.of(
                new String[] {"get", "pods,jobs", "--output=wide"},
                new String[] {"get", "events", "--sort-by=.lastTimestamp"},
                new String[] {"logs", "--selector=app.kubernetes.io/name=api", "--tail=20", "--prefix"},
                new String[] {"logs", "--selector=app.kubernetes.io/name=consumer", "--tail=20", "--prefix"},
                new String[] {"logs", "--selector=app.kubernetes.io/name=init-job", "--tail=20", "--prefix"})) {
            state.append("\n$ kubectl ").append(String.join(" ", question)).append('\n');
            state.append(kubectl.attempt(question).output());
        }
        return state.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
