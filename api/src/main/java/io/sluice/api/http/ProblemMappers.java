package io.sluice.api.http;

import io.quarkus.logging.Log;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes a problem document of whatever ends a request. */
public class ProblemMappers {

    private static final String RETRY_AFTER_SECONDS = "1";

    /** All resources can be read; these take posts too. The framework does not say which methods a path has. */
    private static final Set<String> TAKE_POSTS = Set.of("/api/v1/messages");

    /** What our own code has found. */
    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return response(e.problem()).build();
    }

    /** What the framework has found: no such path, method, or media type. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 -> respond(ProblemCode.NOT_FOUND, "There is nothing at this path; /openapi lists what there is.");
            case 405 -> methodNotAllowed(uri);
            case 406 ->
                respond(ProblemCode.NOT_ACCEPTABLE, "This path answers with application/json; accept that or */*.");
            case 415 ->
                respond(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body with Content-Type: application/json.");
            default -> status < 500 ? respond(ProblemCode.INVALID_REQUEST, "The request cannot be read.") : fault(e);
        };
    }

    /** What nobody has foreseen. The client learns nothing of it, the log everything. */
    @ServerExceptionMapper
    public Response unforeseen(Throwable e) {
        return fault(e);
    }

    private static Response methodNotAllowed(UriInfo uri) {
        Problem problem = document(ProblemCode.METHOD_NOT_ALLOWED, "The header Allow lists the methods of this path.");
        String allowed = TAKE_POSTS.contains(uri.getPath()) ? "GET, HEAD, OPTIONS, POST" : "GET, HEAD, OPTIONS";
        return response(problem).header(HttpHeaders.ALLOW, allowed).build();
    }

    private static Response fault(Throwable e) {
        Log.error("request-failed", e);
        return respond(ProblemCode.INTERNAL_ERROR, "This is a fault of the server; its log says more.");
    }

    private static Response respond(ProblemCode code, String detail) {
        return response(document(code, detail)).build();
    }

    private static Problem document(ProblemCode code, String detail) {
        return ProblemException.of(code, detail).problem();
    }

    private static Response.ResponseBuilder response(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response;
    }
}
