package io.sluice.api.http.endpoints;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A path that something is at.
 *
 * @param template the path, with its parameters as in {@code /api/v1/messages/{id}}
 * @param methods in alphabetical order
 * @param mediaTypes of its answers, in the order of the annotation; none if it is no resource
 * @param takesToken whether the bearer token of its requests is looked at
 */
public record Endpoint(String template, Set<String> methods, Set<String> mediaTypes, boolean takesToken) {

    /** The same with what another method of the path has. */
    Endpoint and(Endpoint other) {
        Set<String> allMethods = new TreeSet<>(methods);
        allMethods.addAll(other.methods);
        Set<String> allTypes = new LinkedHashSet<>(mediaTypes);
        allTypes.addAll(other.mediaTypes);
        return new Endpoint(template, allMethods, allTypes, takesToken || other.takesToken);
    }
}
