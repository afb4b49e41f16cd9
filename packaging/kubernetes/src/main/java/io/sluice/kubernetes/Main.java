package io.sluice.kubernetes;

import io.sluice.kubernetes.helm.Chart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes {@code target/kubernetes}: what is in {@code src/main/kubernetes}, and in its {@code base} what Quarkus has generated from each
 * program; and {@code target/helm/sluice}: what is in {@code src/main/helm}, and the same resources as templates.
 */
public final class Main {

    private Main() {}

    /**
     * Does it, in place of what an earlier build has written.
     *
     * @param arguments the project's root folder, its version, the address of its site, and that of its sources
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toRealPath();
        Path kubernetes = root.resolve("target/kubernetes");
        Folder.replace(root.resolve("src/main/kubernetes"), kubernetes);
        Base base = new Base(kubernetes.resolve("base"));
        base.add("api", Resources.read(root.resolve("api/target/kubernetes/kubernetes.yml")));
        base.addConsumer(Resources.read(root.resolve("consumer/target/kubernetes/kubernetes.yml")));
        base.addInitJob(Resources.read(root.resolve("init-job/target/kubernetes/kubernetes.yml")));

        Path helm = root.resolve("target/helm/sluice");
        Folder.replace(root.resolve("src/main/helm"), helm);
        new Chart(kubernetes, helm)
                .write(Map.of(
                        "project.version", arguments[1], "project.url", arguments[2], "project.scm.url", arguments[3]));
    }
}
