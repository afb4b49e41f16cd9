package io.sluice.api.http;

import io.quarkus.logging.Log;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes a problem document of whatever ends a request. */
public class ProblemMappers {

    private static final String RETRY_AFTER_SECONDS = "1";

    /** What our own code has found. */
    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        Response.ResponseBuilder response =
                Response.status(e.code().status()).type(Problem.MEDIA_TYPE).entity(e.problem());
        e.headers().forEach(response::header);
        if (e.code().status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }

    /** What the framework has found: no such path or media type. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 -> problem(notFound());
            case 406 -> problem(notAcceptable());
            case 415 -> problem(JsonContent.unsupported());
            default ->
                status < 500
                        ? problem(ProblemException.of(ProblemCode.INVALID_REQUEST, "The request cannot be read."))
                        : unforeseen(e);
        };
    }

    /** What nobody has foreseen. The client learns nothing of it, the log everything. */
    @ServerExceptionMapper
    public Response unforeseen(Throwable e) {
        Log.error("request-failed", e);
        return problem(
                ProblemException.of(ProblemCode.INTERNAL_ERROR, "This is a fault of the server; its log says more."));
    }

    static ProblemException notFound() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND, "There is nothing at this path; /openapi lists what there is.");
    }

    static ProblemException notAcceptable() {
        return ProblemException.of(
                ProblemCode.NOT_ACCEPTABLE, "This path answers with application/json; accept that or */*.");
    }
}
