package io.sluice.api.http.endpoints;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Answers {@code OPTIONS}, and refuses methods that a path does not have. The framework knows the methods of a resource's class,
 * not those of a path; and what is not a resource answers to any method as if it were {@code GET}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1">RFC 9110, section 10.2.1</a>
 */
@ApplicationScoped
class AllowedMethods implements RequestHandler {

    private final Endpoints endpoints;

    AllowedMethods(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public RequestStage stage() {
        return RequestStage.METHOD;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpMethod method = context.request().method();
        Optional<Endpoint> endpoint = endpoints.find(context);
        if (method.equals(HttpMethod.OPTIONS)) {
            answerOptions(endpoint.orElseThrow(ProblemException::notFound), context);
        } else if (endpoint.isEmpty() || endpoint.get().methods().contains(method.name())) {
            context.next();
        } else {
            String allow = allow(endpoint.get());
            throw ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED, "Use a method of this path: " + allow + ".")
                    .with("Allow", allow);
        }
    }

    private static void answerOptions(Endpoint endpoint, RoutingContext context) {
        context.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.ALLOW, allow(endpoint))
                .end();
    }

    private static String allow(Endpoint endpoint) {
        return String.join(", ", endpoint.methods());
    }
}
