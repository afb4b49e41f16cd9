package io.sluice.api.http.problems;

import io.sluice.api.http.request.TraceContext;
import io.sluice.runtime.logs.LogLine;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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
    public Response problem(ProblemException e, HttpServerRequest request) {
        metrics.add(e, request.headers());
        Response.ResponseBuilder response =
                Response.status(e.code().status()).type(Problem.MEDIA_TYPE).entity(e.problem());
        e.headers().forEach(response::header);
        return response.build();
    }

    /** A problem that the framework has found: no such path, or a media type of the body. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException e, HttpServerRequest request) {
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 -> problem(ProblemException.notFound(), request);
            case 415 ->
                problem(
                        request.method().equals(HttpMethod.PATCH)
                                ? ProblemException.unsupportedPatch()
                                : ProblemException.unsupportedMediaType(),
                        request);
            default ->
                status < 500
                        ? problem(
                                ProblemException.of(ProblemCode.INVALID_REQUEST, "The request cannot be read."),
                                request)
                        : unforeseen(e, request);
        };
    }

    /** A failure that nobody has foreseen. The client learns nothing of it, the log everything. */
    @ServerExceptionMapper
    public Response unforeseen(Throwable e, HttpServerRequest request) {
        LogLine.of("request-failed")
                .with("traceId", TraceContext.traceId(request.headers()))
                .because(e)
                .write(LOG, Level.ERROR);
        return problem(
                ProblemException.of(ProblemCode.INTERNAL_ERROR, "This is a fault of the server; its log says more."),
                request);
    }
}
