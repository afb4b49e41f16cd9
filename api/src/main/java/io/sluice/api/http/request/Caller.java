package io.sluice.api.http.request;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * Caller of a request.
 *
 * @param name the owner of what is made
 * @param traceparent of the request, or {@code null}
 */
public record Caller(String name, @Nullable String traceparent) {

    /** Reads it from a request. */
    public static Caller of(HttpServerRequest request, SecurityContext security) {
        return new Caller(security.getUserPrincipal().getName(), TraceContext.traceparent(request.headers()));
    }
}
