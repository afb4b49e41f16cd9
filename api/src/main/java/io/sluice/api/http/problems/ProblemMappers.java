package io.sluice.api.http.problems;

import io.sluice.api.http.request.RequestPath;
import io.sluice.api.http.request.TraceContext;
import io.sluice.runtime.logs.LogLine;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes a problem document of whatever ends a request. */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class.getName());

    private final ProblemMetrics metrics;

    ProblemMappers(ProblemMetrics metrics) {
        this.metrics = metrics;
    }

    /** A problem that our own code has found. */
    @ServerExceptionMapper
    public Response problem(ProblemException e, RoutingContext context) {
        metrics.add(e, context.request().headers());
        ProblemAnswer answer = ProblemAnswer.of(e.problem(), RequestPath.of(context));
        Response.ResponseBuilder response =
                Response.status(e.code().status()).type(answer.mediaType()).entity(answer.body());
        e.headers().forEach(response::header);
        return response.build();
    }

    /** A problem that the framework has found: no such path, or a media type of the body. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException e, RoutingContext context) {
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 -> problem(ProblemException.notFound(), context);
            case 415 ->
                problem(
                        context.request().method().equals(HttpMethod.PATCH)
                                ? ProblemException.unsupportedPatch()
                                : ProblemException.unsupportedMediaType(),
                        context);
            default ->
                status < 500
                        ? problem(
                                ProblemException.of(ProblemCode.INVALID_REQUEST, "The request cannot be read."),
                                context)
                        : unforeseen(e, context);
        };
    }

    /** A failure that nobody has foreseen. */
    @ServerExceptionMapper
    public Response unforeseen(Throwable e, RoutingContext context) {
        return problem(logged(e, context.request().headers()), context);
    }

    /** The problem with which an answer ends that has begun already. */
    public Problem broken(Throwable failure, MultiMap requestHeaders) {
        ProblemException problem = failure instanceof ProblemException known ? known : logged(failure, requestHeaders);
        metrics.add(problem, requestHeaders);
        return problem.problem();
    }

    /** The client learns nothing of it, the log everything. */
    private static ProblemException logged(Throwable failure, MultiMap requestHeaders) {
        LogLine.of("request-failed")
                .with("traceId", TraceContext.traceId(requestHeaders))
                .because(failure)
                .write(LOG, Level.ERROR);
        return ProblemException.of(ProblemCode.INTERNAL_ERROR, "This is a fault of the server; its log says more.");
    }
}
