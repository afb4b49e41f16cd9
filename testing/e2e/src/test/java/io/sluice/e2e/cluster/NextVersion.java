package io.sluice.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A version of Sluice with one migration more, as an overlay above another one: its init-job has another provisioning, and all pods are
 * other ones. The migration only adds, as each has to, so that both versions can work with what it makes.
 */
final class NextVersion {

    private static final Path LIBRARIES = Path.of("../..", "init-job", "target", "quarkus-app", "lib", "main");
    private static final String MIGRATION = "alter table messages add column next text; create table next (id int);";

    private NextVersion() {}

    /** Writes the overlay beside the one that it changes. */
    static Path writeBeside(Path overlay, String namespace) {
        Path next = overlay.resolveSibling("next");
        try (Stream<Path> libraries = Files.list(LIBRARIES)) {
            Path provisioning = libraries
                    .filter(file -> file.getFileName().toString().contains("sluice-provisioning"))
                    .findFirst()
                    .orElseThrow();
            Files.createDirectories(next);
            addMigration(
                    Files.copy(provisioning, next.resolve("provisioning.jar"), StandardCopyOption.REPLACE_EXISTING));
            Files.writeString(
                    next.resolve("kustomization.yml"),
                    kustomization(overlay.getFileName(), namespace, provisioning.getFileName()));
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addMigration(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.writeString(files.getPath("db/migration/V1000__next.sql"), MIGRATION);
        }
    }

    private static String kustomization(Path overlay, String namespace, Path provisioning) {
        return """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                resources:
                  - ../%s
                configMapGenerator:
                  - name: next
                    files:
                      - provisioning.jar
                patches:
                  - target:
                      kind: Job
                      name: init-job
                    patch: |-
                      - op: add
                        path: /spec/template/spec/volumes/-
                        value:
                          name: next
                          configMap:
                            name: next
                      - op: add
                        path: /spec/template/spec/containers/0/volumeMounts/-
                        value:
                          name: next
                          mountPath: /deployments/lib/main/%s
                          subPath: provisioning.jar
                  - target:
                      kind: Deployment
                      name: api|consumer|worker
                    patch: |-
                      - op: add
                        path: /spec/template/metadata/annotations/version
                        value: next
                """
                .formatted(namespace, overlay, provisioning);
    }
}
