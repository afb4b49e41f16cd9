package io.sluice.e2e;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The metrics that a program shows at its port, in the text format of Prometheus.
 *
 * @param types the type of each metric, by its name
 * @param series in the program's order
 */
record Exposition(Map<String, String> types, List<Series> series) {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One line. A histogram's are those of its {@code _bucket}, {@code _count} and {@code _sum}. */
    record Series(String name, Map<String, String> labels, double value) {}

    /** Asks a program for what is there. */
    static Exposition of(URI metrics) {
        try {
            HttpRequest request = HttpRequest.newBuilder(metrics)
                    .header("Accept", "text/plain")
                    .build();
            return parse(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new AssertionError("no metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Exposition parse(String text) {
        return new Exposition(
                TYPE.matcher(text).results().collect(toMap(type -> type.group(1), type -> type.group(2))),
                SERIES.matcher(text).results().map(Exposition::series).toList());
    }

    private static Series series(MatchResult line) {
        String labels = line.group(2) == null ? "" : line.group(2);
        return new Series(
                line.group(1),
                LABEL.matcher(labels).results().collect(toMap(label -> label.group(1), label -> label.group(2))),
                Double.parseDouble(line.group(3)));
    }

    /** The sum over all series of this name that have these labels, given as names and values in turn. */
    double sum(String name, String... labels) {
        return series.stream()
                .filter(series -> series.name.equals(name))
                .filter(series -> has(series, labels))
                .mapToDouble(Series::value)
                .sum();
    }

    private static boolean has(Series series, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(series.labels.get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
