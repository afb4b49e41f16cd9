package io.sluice.api.http.endpoints;

import java.util.Set;
import java.util.TreeSet;

/**
 * A path that something is at.
 *
 * @param template the path, with its parameters as in {@code /api/v1/messages/{id}}
 * @param methods in alphabetical order
 * @param takesToken whether the bearer token of its requests is looked at
 */
public record Endpoint(String template, Set<String> methods, boolean takesToken) {

    /** The same with what another method of the path has. */
    Endpoint and(Endpoint other) {
        Set<String> all = new TreeSet<>(methods);
        all.addAll(other.methods);
        return new Endpoint(template, all, takesToken || other.takesToken);
    }
}
