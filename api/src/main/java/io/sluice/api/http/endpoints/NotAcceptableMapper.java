package io.sluice.api.http.endpoints;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.ProblemMappers;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes a problem document of the framework's 406, which does not say what the path answers with. */
public class NotAcceptableMapper {

    private final Endpoints endpoints;
    private final ProblemMappers problems;

    NotAcceptableMapper(Endpoints endpoints, ProblemMappers problems) {
        this.endpoints = endpoints;
        this.problems = problems;
    }

    /** The problem, with the media types of the path. */
    @ServerExceptionMapper
    public Response notAcceptable(NotAcceptableException e, RoutingContext context) {
        Endpoint endpoint = endpoints.find(context).orElseThrow();
        return problems.problem(ProblemException.notAcceptable(endpoint.mediaTypes()), context);
    }
}
