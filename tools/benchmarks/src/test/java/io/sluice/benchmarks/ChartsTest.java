package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The charts of the guide to performance show the numbers of saved results. */
class ChartsTest {

    private static final Path PROJECT = Path.of("../..");
    private static final String POSTS = "Posts of 1 KiB a second: messages (bars) and nothing (line)";
    private static final String BACKLOG = "Rows stored a second in each tenth of a backlog of 10 million";

    private static final Pattern CHART = Pattern.compile("```mermaid\\nxychart-beta\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("title \"(.+)\"");
    private static final Pattern PLACES = Pattern.compile("x-axis \"[^\"]+\" \\[(.+)]");
    private static final Pattern SERIES = Pattern.compile("(?:bar|line) \"([^\"]+)\" \\[(.+)]");
    private static final Pattern PLACE = Pattern.compile("\"([^\"]+)\"");

    private Map<String, Chart> charts = Map.of();

    @BeforeEach
    void readGuide() throws IOException {
        Path guide = PROJECT.resolve("docs/guides/performance.md");
        charts = CHART.matcher(Files.readString(guide))
                .results()
                .map(chart -> chart.group(1))
                .collect(Collectors.toMap(chart -> first(TITLE, chart), Chart::of));
    }

    @Test
    void eachChartIsTested() {
        assertThat(charts).containsOnlyKeys(POSTS, BACKLOG);
    }

    @Test
    void postsAreThoseOfTheResultsAtAsManyConnections() throws IOException {
        // Given
        JsonNode results = results("2026-12-01-ingest");
        Chart chart = chart(POSTS);

        // Then
        assertThat(chart.places()).containsExactly("16", "64", "256", "1,024");
        assertThat(chart.series())
                .isEqualTo(Map.of(
                        "messages", chart.at(place -> posts(results, place, "messages")),
                        "nothing", chart.at(place -> posts(results, place, "nothing"))));
    }

    @Test
    void tenthsOfTheBacklogAreThoseOfTheResults() throws IOException {
        // Given
        JsonNode results = results("2026-11-30-growth");
        Chart chart = chart(BACKLOG);

        // Then
        assertThat(chart.places()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(chart.series())
                .isEqualTo(Map.of(
                        "rows",
                        chart.at(place -> median(
                                results,
                                "A backlog of 10,000,000 rows, and its parts",
                                "part %s of 10".formatted(place)))));
    }

    private Chart chart(String title) {
        return Optional.ofNullable(charts.get(title)).orElseThrow(() -> new AssertionError("no chart " + title));
    }

    private static JsonNode results(String name) throws IOException {
        Path file = PROJECT.resolve("tools/benchmarks/results/%s.json".formatted(name));
        return new ObjectMapper().readTree(Files.readString(file));
    }

    private static long posts(JsonNode results, String connections, String contender) {
        return median(results, "POST, payload of 1,024 bytes, %s connections".formatted(connections), contender);
    }

    private static long median(JsonNode results, String comparison, String contender) {
        JsonNode speeds = named(results.path("comparisons"), "name", comparison).path("speeds");
        return Math.round(
                named(speeds, "contender", contender).at("/rounds/median").doubleValue());
    }

    private static JsonNode named(JsonNode nodes, String member, String name) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .filter(node -> node.path(member).asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(pattern + " is not in " + text));
    }

    /**
     * A chart as Mermaid draws it.
     *
     * @param places on the x axis
     * @param series values at these places, by name
     */
    private record Chart(List<String> places, Map<String, List<Long>> series) {

        static Chart of(String text) {
            List<String> places = PLACE.matcher(first(PLACES, text))
                    .results()
                    .map((MatchResult place) -> place.group(1))
                    .toList();
            Map<String, List<Long>> series = new HashMap<>();
            SERIES.matcher(text).results().forEach(found -> series.put(found.group(1), numbers(found.group(2))));
            return new Chart(places, series);
        }

        List<Long> at(Function<String, Long> value) {
            return places.stream().map(value).toList();
        }

        private static List<Long> numbers(String text) {
            return Arrays.stream(text.split(", ")).map(Long::valueOf).toList();
        }
    }
}
