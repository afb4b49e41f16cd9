package io.sluice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.sluice.e2e.cluster.Command.Ended;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The overlay {@code local} in a namespace of a test's own, as a user would do it: with a copy of target/kubernetes, in which settings
 * are edited, and an overlay above it. The namespace is empty before the tests, and gone after them; when one fails, what there is in it
 * is told. What can be chosen is in system properties, which {@code e2e/cluster/run} sets.
 */
final class Deployed implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    /** Enough for a machine on which all pods start at once, and something else runs too. */
    static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final Path BUILT = Path.of("../..", "target", "kubernetes").toAbsolutePath();
    private static final String NAMESPACE = System.getProperty("sluice.cluster.namespace", "sluice-e2e");

    private final Kubectl kubectl;
    private final Path copy;
    private final String settings;

    /** The overlay as it is, at the node port that is chosen for it. Nothing is in the cluster yet. */
    Deployed() {
        this(
                NAMESPACE,
                "{op: replace, path: /spec/ports/0/nodePort, value: %d}"
                        .formatted(Integer.getInteger("sluice.cluster.node-port", 30_180)),
                "");
    }

    /**
     * One beside that, at a node port that the cluster chooses.
     *
     * @param part what the namespace's name ends in
     * @param more lines behind the overlay's list of patches: further ones, and whatever else it has
     */
    Deployed(String part, String more) {
        this(NAMESPACE + "-" + part, "{op: remove, path: /spec/ports/0/nodePort}", more);
    }

    private Deployed(String namespace, String nodePort, String more) {
        kubectl = new Kubectl(namespace);
        copy = Path.of("target", "cluster", namespace).toAbsolutePath();
        copy();
        settings = read(settings());
        write(overlay().resolve("kustomization.yml"), kustomization(nodePort) + more);
    }

    Kubectl kubectl() {
        return kubectl;
    }

    Path overlay() {
        return copy.resolve("overlays/e2e");
    }

    private Path settings() {
        return copy.resolve("overlays/local/settings.env");
    }

    private void copy() {
        try (Stream<Path> files = Files.walk(BUILT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(BUILT.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String kustomization(String nodePort) {
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
                      - %s
                """
                .formatted(kubectl.namespace(), nodePort);
    }

    /** Changes settings: lines of NAME=value behind those of the overlay, or none. */
    void set(String... lines) {
        write(settings(), settings + String.join("\n", lines) + "\n");
    }

    /** Runs a script of target/kubernetes and gives what it prints; fails where it fails. */
    static String script(String name, String... arguments) {
        return Command.run(Stream.concat(Stream.of(BUILT.resolve(name).toString()), Stream.of(arguments))
                .toList());
    }

    /** Runs one with these environment variables besides, and gives how it has ended. */
    static Ended script(String name, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((variable, value) -> command.add(variable + "=" + value));
        command.add(BUILT.resolve(name).toString());
        command.addAll(List.of(arguments));
        return Command.attempt(command);
    }

    /** Applies this overlay, its own or one above it, and waits until all of it is in effect. */
    void apply(Path overlay) {
        kubectl.run("apply", "--kustomize", overlay.toString());
        kubectl.run("wait", "--for=condition=complete", "jobs", "--all", "--timeout=" + TIMEOUT.toSeconds() + "s");
        awaitRollouts();
    }

    /** Waits until all pods are those of the last change, and ready, and no other is left. */
    void awaitRollouts() {
        for (String program : List.of("api", "consumer", "worker")) {
            kubectl.run("rollout", "status", "deployment/" + program, "--timeout=" + TIMEOUT.toSeconds() + "s");
            awaitPods(
                    program,
                    kubectl.get("deployment", program).at("/spec/replicas").intValue());
        }
    }

    /** Waits until there are so many pods and no other: one that is about to end still has clients. */
    void awaitPods(String program, int number) {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> kubectl.pods(program).size() == number
                        && kubectl.pods(program).stream().allMatch(Pod::isReady));
    }

    URI api() {
        return url("api");
    }

    /** The address at which clients reach a Service: its node port at a node's address, or at this machine's where the cluster is on it. */
    URI url(String service) {
        int port = kubectl.get("service", service).at("/spec/ports/0/nodePort").intValue();
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
        return await("port %d at one of %s".formatted(port, hosts))
                .until(() -> hosts.stream().filter(host -> answers(host, port)).findFirst(), Optional::isPresent)
                .map(host -> URI.create("http://" + host + ":" + port))
                .orElseThrow();
    }

    private static boolean answers(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void beforeAll(ExtensionContext tests) {
        kubectl.run("delete", "namespace", kubectl.namespace(), "--ignore-not-found", "--timeout=180s");
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        test.getExecutionException().ifPresent(e -> System.out.println(state()));
    }

    /** State of the cluster for whoever has to find out why a test has failed. */
    private String state() {
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

    /** Nobody waits until it is gone: what comes next is in another namespace. */
    @Override
    public void afterAll(ExtensionContext tests) {
        if (!Boolean.getBoolean("sluice.cluster.keep")) {
            kubectl.run("delete", "namespace", kubectl.namespace(), "--ignore-not-found", "--wait=false");
        }
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
