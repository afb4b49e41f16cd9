package io.sluice.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The kubectl of this machine, for its kustomize; without one, a test is skipped, and says so. */
final class Kubectl {

    private Kubectl() {}

    /** What {@code kubectl apply -k} would send to the cluster. */
    static Resources kustomize(Path overlay) throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "There is no kubectl on the PATH, so the overlays are not checked");
        Path rendered = Files.createTempFile("rendered", ".yml");
        try {
            Path errors = Files.createTempFile("errors", ".txt");
            try {
                int exit = new ProcessBuilder("kubectl", "kustomize", overlay.toString())
                        .redirectOutput(rendered.toFile())
                        .redirectError(errors.toFile())
                        .start()
                        .waitFor();
                if (exit != 0) {
                    throw new IllegalStateException(Files.readString(errors));
                }
            } finally {
                Files.delete(errors);
            }
            return Resources.read(rendered);
        } finally {
            Files.delete(rendered);
        }
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }
}
