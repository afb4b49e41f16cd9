package io.sluice.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** This machine's kubectl, used for its kustomize. Where there is none, the test is skipped with a message. */
final class Kubectl {

    private Kubectl() {}

    /** Returns the resources that {@code kubectl apply -k} would send to the cluster. */
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
