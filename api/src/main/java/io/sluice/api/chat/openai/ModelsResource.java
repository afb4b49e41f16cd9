package io.sluice.api.chat.openai;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.security.Scope;
import io.sluice.settings.Feature;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code /v1/models}: the one model that there is, for clients of OpenAI that look before they ask. */
@OfFeature(Feature.CHAT)
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {

    private static final String REMEDY = "The model does not exist; the only one is " + Model.SLUICE.id() + ".";

    /** Lists it. */
    @GET
    @PermissionsAllowed(Scope.CHAT)
    public Model.All list(@Context HttpServerRequest request) {
        requireNoQuery(request);
        return Model.All.LIST;
    }

    /** Reads it. */
    @GET
    @Path("{model}")
    @PermissionsAllowed(Scope.CHAT)
    public Model read(@Context HttpServerRequest request, @PathParam("model") String id) {
        requireNoQuery(request);
        return require(id, Violation.inPath("model", REMEDY));
    }

    private static void requireNoQuery(HttpServerRequest request) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        violations.refuse();
    }

    /** The model of a request's body. */
    static void require(String id) {
        require(id, Violation.inMember("model", REMEDY));
    }

    private static Model require(String id, Violation otherwise) {
        if (!id.equals(Model.SLUICE.id())) {
            throw ProblemException.notFound(otherwise);
        }
        return Model.SLUICE;
    }
}
