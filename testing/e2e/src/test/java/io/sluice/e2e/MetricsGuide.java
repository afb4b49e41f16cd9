package io.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/guides/metrics.md}. */
final class MetricsGuide {

    private static final Path DOCS = Path.of("../..", "docs");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(sluice_\\w+)` \\| (\\w+) \\| ([^|]*)\\| ([^|]*)\\| [^|]+\\|$");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`(?:: ((?:`[\\w-]+`(?:, )?)+))?");
    private static final Pattern QUERY = Pattern.compile("(?s)```promql\n(.*?)```");
    private static final Pattern OURS = Pattern.compile("\\bsluice_\\w+");
    private static final Pattern FRAMEWORK = Pattern.compile("\\b(?:http|agroal|kafka|process|jvm)_\\w+");

    private final String text = read(DOCS.resolve("guides/metrics.md"));

    /**
     * The guide's description of a metric.
     *
     * @param type as in the format of Prometheus
     * @param labels each label and its values; none where they are not known before
     */
    record Metric(String name, String type, Map<String, Set<String>> labels) {

        /** The names of its series. */
        List<String> series() {
            return switch (type) {
                case "histogram" -> List.of(name + "_bucket", name + "_count", name + "_sum", name + "_max");
                case "summary" -> List.of(name + "_count", name + "_sum", name + "_max");
                default -> List.of(name);
            };
        }
    }

    /** The metrics that it lists for a program, {@code api}, {@code consumer} or {@code worker}. */
    List<Metric> metrics(String program) {
        return Stream.of("The " + program, "All")
                .flatMap(heading -> ROW.matcher(section(heading)).results())
                .map(MetricsGuide::metric)
                .toList();
    }

    private String section(String heading) {
        return text.split("(?m)^## " + heading + "$", 2)[1].split("(?m)^## ", 2)[0];
    }

    private static Metric metric(MatchResult row) {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        LABEL.matcher(row.group(4)).results().forEach(label -> labels.put(label.group(1), values(label.group(2))));
        if (row.group(4).contains("../problems")) {
            labels.put("code", problems());
        }
        return new Metric(row.group(1), row.group(2), labels);
    }

    private static Set<String> values(String list) {
        return list == null ? Set.of() : Set.of(list.replace("`", "").strip().split(", "));
    }

    private static Set<String> problems() {
        try (Stream<Path> pages = Files.list(DOCS.resolve("problems"))) {
            return pages.map(page -> page.getFileName().toString().replace(".md", ""))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the framework's metrics in its table of them and in its queries. */
    Set<String> frameworkMetrics() {
        String rows = section("From the framework")
                .lines()
                .filter(line -> line.startsWith("|"))
                .collect(Collectors.joining("\n"));
        return names(FRAMEWORK, rows + queries());
    }

    /** The names of our metrics in its queries. */
    Set<String> queried() {
        return names(OURS, queries());
    }

    private String queries() {
        return QUERY.matcher(text).results().map(query -> query.group(1)).collect(Collectors.joining());
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
