package io.sluice.api.http.endpoints;

import static java.util.stream.Collectors.joining;

import jakarta.ws.rs.HttpMethod;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the endpoint of a path. */
final class PathTable {

    /** Endpoints by their paths, where these have no parameters. */
    private final Map<String, Endpoint> literal = new HashMap<>();

    /** Endpoints by the regular expression of a path. In this order a literal segment is before one that is a parameter. */
    private final Map<String, Matching> patterns = new TreeMap<>(Comparator.reverseOrder());

    private record Matching(Pattern path, Endpoint endpoint) {}

    PathTable(Stream<Endpoint> endpoints) {
        endpoints.forEach(this::add);
    }

    private void add(Endpoint endpoint) {
        String template = endpoint.template();
        if (template.indexOf('{') < 0 && template.indexOf('*') < 0) {
            literal.merge(template, endpoint, Endpoint::and);
        } else {
            String expression = expression(template);
            patterns.merge(
                    expression,
                    new Matching(Pattern.compile(expression), endpoint),
                    (one, other) -> new Matching(one.path(), one.endpoint().and(other.endpoint())));
        }
    }

    private static String expression(String template) {
        return Stream.of(template.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> switch (segment.charAt(0)) {
                    case '{' -> "/[^/]+";
                    case '*' -> "(/.*)?";
                    default -> "/" + Pattern.quote(segment);
                })
                .collect(joining());
    }

    /** The endpoint that has just this path, with or without a slash at its end, and no parameters. */
    Optional<Endpoint> literal(String path) {
        return Optional.ofNullable(literal.get(withoutSlash(path)));
    }

    /** The endpoint of a path, with or without a slash at its end. */
    Optional<Endpoint> find(String path) {
        return literal(path).or(() -> matching(withoutSlash(path)));
    }

    private Optional<Endpoint> matching(String path) {
        return patterns.values().stream()
                .filter(known -> known.path().matcher(path).matches())
                .map(Matching::endpoint)
                .findFirst();
    }

    /** Paths without parameters that can be read, in alphabetical order. */
    List<String> readable() {
        return literal.values().stream()
                .filter(endpoint -> endpoint.methods().contains(HttpMethod.GET))
                .map(Endpoint::template)
                .sorted()
                .toList();
    }

    boolean has(String template) {
        return literal.containsKey(template) || patterns.containsKey(expression(template));
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
