package io.sluice.api.documents;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.security.Scope;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/documents/{id}/passages}: read the passages of a document that is ready. */
@OfFeature(Feature.DOCUMENTS)
@Path(DocumentsResource.PATH + "/{id}/passages")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentPassagesResource {

    private static final int DEFAULT_LIMIT = 100;

    private final DocumentRepository documents;
    private final DatabaseCalls database;

    DocumentPassagesResource(DocumentRepository documents, DatabaseCalls database) {
        this.documents = documents;
        this.database = database;
    }

    private record PassagePage(List<Passage> items, int revision, @Nullable Integer next) {}

    /** Lists its passages, as they stand in it. */
    @GET
    @PermissionsAllowed(Scope.DOCUMENTS_READ)
    public Uni<Response> passages(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query query = Query.parse(request.query());
        query.check(List.of("after", "limit"), violations);
        int after = query.after(violations);
        int limit = query.limit(DEFAULT_LIMIT, violations);
        UUID id = violations.requireId(text, "a document");
        String caller = security.getUserPrincipal().getName();
        return database.call(() -> passages(id, caller, after, limit), DocumentProblems.UNREADABLE)
                .map(page -> Response.ok(new PassagePage(page.items(), page.revision(), page.next()))
                        .build());
    }

    private Passages passages(UUID id, String caller, int after, int limit) {
        Passages page = documents.passages(id, caller, after, limit).orElseThrow(DocumentProblems::notFound);
        if (!page.isReady()) {
            throw DocumentProblems.notReady();
        }
        return page;
    }
}
