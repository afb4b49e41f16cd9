package io.sluice.api.http.endpoints;

import io.vertx.ext.web.Route;
import jakarta.ws.rs.HttpMethod;
import java.util.Optional;
import java.util.Set;

/** Reads the routes of a router. All of them are only read, by GET: the framework's answer other methods as if they were that. */
final class RouteEndpoints {

    private RouteEndpoints() {}

    /** The endpoint of a route; empty if it is one for all paths, or for those of an expression. */
    static Optional<Endpoint> of(Route route) {
        String path = route.getPath();
        if (path == null || path.isEmpty() || (path.equals("/") && !route.isExactPath())) {
            return Optional.empty();
        }
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return Optional.of(new Endpoint(
                route.isExactPath() ? plain : plain + "/**",
                ResourceEndpoints.methods(HttpMethod.GET),
                Set.of(),
                false));
    }
}
