package io.sluice.api.http.filters;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemAnswer;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.ProblemMetrics;
import io.sluice.api.http.request.RequestPath;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes a problem document of whatever ends a request before it gets to a resource. */
@ApplicationScoped
class RouteFailureHandler implements RequestHandler {

    private final ProblemMetrics metrics;

    RouteFailureHandler(ProblemMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public RequestStage stage() {
        return RequestStage.FAILURE;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.failure() instanceof ProblemException problem) {
            send(problem, context);
        } else if (context.statusCode() == 400) {
            send(RequestValidator.refusedByRouter(context.request()), context);
        } else if (context.statusCode() == 404) {
            send(ProblemException.notFound(), context);
        } else {
            context.next();
        }
    }

    private void send(ProblemException problem, RoutingContext context) {
        metrics.add(problem, context.request().headers());
        ProblemAnswer answer = ProblemAnswer.of(problem.problem(), RequestPath.of(context));
        HttpServerResponse response = context.response()
                .setStatusCode(problem.code().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
        problem.headers().forEach(response::putHeader);
        response.end(Json.encodeToBuffer(answer.body()));
    }
}
