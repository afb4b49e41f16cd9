package io.sluice.api.http.endpoints;

import jakarta.ws.rs.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a path. */
final class PathTable {

    /** Endpoints by their paths, where these have no parameters. */
    private final Map<String, Endpoint> literal = new HashMap<>();

    /** Tree of the others, by segments. */
    private final Node root = new Node();

    /** What may follow the segments of a path so far. */
    private static final class Node {

        private final Map<String, Node> named = new HashMap<>();
        private @Nullable Node parameter;

        /** Endpoint of the path that ends here. */
        private @Nullable Endpoint endpoint;

        /** Endpoint of the path that ends here, and of all below it that have none of their own. */
        private @Nullable Endpoint below;

        @Nullable Node get(String segment) {
            return isParameter(segment) ? parameter : named.get(segment);
        }

        Node getOrAdd(String segment) {
            if (!isParameter(segment)) {
                return named.computeIfAbsent(segment, unused -> new Node());
            }
            Node existing = parameter == null ? new Node() : parameter;
            parameter = existing;
            return existing;
        }

        /**
         * The endpoint of the rest of a path. A segment that is named comes before one that is a parameter.
         *
         * @param slash index in the path of the slash that begins the rest, or the path's length
         */
        @Nullable Endpoint find(String path, int slash) {
            if (slash == path.length()) {
                return endpoint == null ? below : endpoint;
            }
            int next = path.indexOf('/', slash + 1);
            int end = next < 0 ? path.length() : next;
            Node child = named.get(path.substring(slash + 1, end));
            Endpoint found = child == null ? null : child.find(path, end);
            if (found == null && parameter != null && end > slash + 1) {
                found = parameter.find(path, end);
            }
            return found == null ? below : found;
        }
    }

    PathTable(Stream<Endpoint> endpoints) {
        endpoints.forEach(this::add);
    }

    private void add(Endpoint endpoint) {
        String template = endpoint.template();
        if (template.indexOf('{') < 0 && template.indexOf('*') < 0) {
            literal.merge(template, endpoint, Endpoint::and);
            return;
        }
        Node node = root;
        for (String segment : segments(template)) {
            if (isRest(segment)) {
                node.below = both(node.below, endpoint);
                return;
            }
            node = node.getOrAdd(segment);
        }
        node.endpoint = both(node.endpoint, endpoint);
    }

    private static Endpoint both(@Nullable Endpoint one, Endpoint other) {
        return one == null ? other : one.and(other);
    }

    private static List<String> segments(String template) {
        return Stream.of(template.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    private static boolean isRest(String segment) {
        return segment.startsWith("*");
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
        return path.startsWith("/") ? Optional.ofNullable(root.find(path, 0)) : Optional.empty();
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
        return literal.containsKey(template) || hasInTree(template);
    }

    private boolean hasInTree(String template) {
        Node node = root;
        for (String segment : segments(template)) {
            if (isRest(segment)) {
                return node.below != null;
            }
            node = node.get(segment);
            if (node == null) {
                return false;
            }
        }
        return node.endpoint != null;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
