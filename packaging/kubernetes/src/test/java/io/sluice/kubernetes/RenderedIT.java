package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.fail;

import io.sluice.kubernetes.helm.RenderedChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests of this build, which have to equal those committed under {@code rendered}, so that a diff shows a change. */
class RenderedIT {

    private static final Path KUBERNETES = Path.of("..", "..", "target", "kubernetes");
    private static final Path RENDERED = Path.of("rendered");
    private static final String REMEDY =
            """
            If the change is meant, write the files anew and commit them with it:
              ./mvnw verify -pl packaging/kubernetes -am -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \\
                -Dit.test=RenderedIT -Dfailsafe.failIfNoSpecifiedTests=false -Dgolden.update""";

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void anOverlayRendersAsCommitted(String overlay) throws Exception {
        // When
        Resources rendered = Kubectl.kustomize(KUBERNETES.resolve("overlays").resolve(overlay));

        // Then
        assertCommitted(overlay, rendered);
    }

    @Test
    void theChartsDefaultsRenderAsCommitted() throws Exception {
        // When
        Resources rendered =
                RenderedChart.of(RenderedChart.FOLDER, "sluice", "{}").resources();

        // Then
        assertCommitted("chart", rendered);
    }

    private static void assertCommitted(String name, Resources rendered) throws IOException {
        Path folder = RENDERED.resolve(name);
        SortedMap<String, String> built = NormalizedManifests.of(rendered);
        if (System.getProperty("golden.update") != null) {
            write(folder, built);
        }
        List<String> differences = differences(read(folder), built);
        if (!differences.isEmpty()) {
            fail("packaging/kubernetes/%s is not what this build renders:%n  %s%n%s"
                    .formatted(folder, String.join("\n  ", differences), REMEDY));
        }
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    texts.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static List<String> differences(Map<String, String> committed, Map<String, String> built) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> files = new TreeSet<>(committed.keySet());
        files.addAll(built.keySet());
        for (String file : files) {
            if (!committed.containsKey(file)) {
                differences.add(file + " is not committed");
            } else if (!built.containsKey(file)) {
                differences.add(file + " is committed, and not rendered any more");
            } else if (!committed.get(file).equals(built.get(file))) {
                differences.add(file + firstDifference(committed.get(file), built.get(file)));
            }
        }
        return differences;
    }

    private static String firstDifference(String committed, String built) {
        List<String> before = committed.lines().toList();
        List<String> after = built.lines().toList();
        int line = 0;
        while (line < before.size() && line < after.size() && before.get(line).equals(after.get(line))) {
            line++;
        }
        return ", line %d: committed is \"%s\", rendered is \"%s\""
                .formatted(line + 1, lineOf(before, line), lineOf(after, line));
    }

    private static String lineOf(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line) : "";
    }
}
