package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sluice.kubernetes.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of an older release alone, as {@code helm upgrade --reuse-values} takes them: those that this chart has added are missing. */
class OlderValuesIT {

    @Test
    void rendersWithTheValuesOfAnOlderChart(@TempDir Path folder) throws IOException {
        // Given
        copyChart(folder);
        Files.writeString(folder.resolve("values.yaml"), valuesOfAnOlderChart());

        // When
        RenderedChart old = RenderedChart.of(folder, "todo", "{}");

        // Then
        RenderedChart now = RenderedChart.of(RenderedChart.FOLDER, "todo", "{}");
        assertThat(old.names().stream().map(OlderValuesIT::withoutHash).toList())
                .isEqualTo(now.names().stream().map(OlderValuesIT::withoutHash).toList());
        assertThat(old.container("todo-api").path("image").asText()).isEqualTo("localhost/sluice/api:0.0.9");
    }

    @Test
    void takesTheImagesOfTheChartWhereNoTagIsChosen() throws IOException {
        // Given
        String version = Files.readAllLines(RenderedChart.FOLDER.resolve("Chart.yaml")).stream()
                .filter(line -> line.startsWith("appVersion: "))
                .map(line -> line.substring("appVersion: ".length()).replace("\"", ""))
                .findFirst()
                .orElseThrow();

        // When
        RenderedChart chart = RenderedChart.of("consumer: {image: {tag: 1.2.3}}");

        // Then
        assertThat(images(chart)).contains("localhost/sluice/api:" + version, "localhost/sluice/init-job:" + version);
        assertThat(chart.container("todo-consumer").path("image").asText()).endsWith("/consumer:1.2.3");
    }

    /** Returns them with this chart's values of programs that the older chart did not have: without these, the schema refuses the others. */
    private static String valuesOfAnOlderChart() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        ObjectNode older = (ObjectNode) yaml.readTree(
                Path.of("src/test/resources/values-of-an-older-chart.yaml").toFile());
        JsonNode now = yaml.readTree(RenderedChart.FOLDER.resolve("values.yaml").toFile());
        for (Program program : Program.all(Path.of("../.."))) {
            older.putIfAbsent(program.valuesKey(), now.path(program.valuesKey()));
        }
        return yaml.writeValueAsString(older);
    }

    private static List<String> images(RenderedChart chart) {
        return chart.all()
                .flatMap(resource -> resource.findValuesAsText("image").stream())
                .distinct()
                .toList();
    }

    private static String withoutHash(String name) {
        return name.replaceFirst("(?<=init-job-)[0-9a-f]{10}$", "");
    }

    private static void copyChart(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(RenderedChart.FOLDER)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Path copy = folder.resolve(RenderedChart.FOLDER.relativize(file).toString());
                if (!Files.isDirectory(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
