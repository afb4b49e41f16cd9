package io.sluice.api.search;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.http.body.JsonBodies;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.security.Scope;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** {@code /api/v1/search}: find the passages of documents that fit a question. */
@OfFeature(Feature.DOCUMENTS)
@Path("/api/v1/search")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {

    private final JsonBodies bodies;
    private final Retrieval retrieval;

    SearchResource(JsonBodies bodies, Retrieval retrieval) {
        this.bodies = bodies;
        this.retrieval = retrieval;
    }

    private record Results(List<FoundPassage> items, RetrievalMode retrieval) {}

    /** Searches. A POST, since questions are long, and do not belong into the logs of proxies; it changes nothing. */
    @POST
    @PermissionsAllowed(Scope.DOCUMENTS_READ)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Results> search(@Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        violations.refuse();
        String caller = security.getUserPrincipal().getName();
        return bodies.read(request, SearchQuery.class, SearchQuery.MAX_BODY_BYTES, query -> retrieval
                .find(caller, query.query(), query.documents() == null ? List.of() : query.documents(), query.limit())
                .map(found -> new Results(found.passages(), found.retrieval())));
    }
}
