package io.sluice.api.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.body.FileBodies;
import io.sluice.api.http.body.JsonBodies;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.headers.EntityTag;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Caller;
import io.sluice.api.security.Scope;
import io.sluice.api.storage.Downloads;
import io.sluice.api.storage.Downloads.Content;
import io.sluice.api.storage.StorageCalls;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URLEncoder;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** {@code /api/v1/documents/{id}}: read a document and its bytes, replace these, change what is said of it, and delete it. */
@OfFeature(Feature.DOCUMENTS)
@Path(DocumentsResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class DocumentResource {

    private final DocumentRepository documents;
    private final DocumentUploads uploads;
    private final DocumentStore store;
    private final FileBodies bodies;
    private final JsonBodies jsonBodies;
    private final DocumentAwaiter awaiter;
    private final Downloads downloads;
    private final StorageCalls calls;
    private final DatabaseCalls database;

    DocumentResource(
            DocumentRepository documents,
            DocumentUploads uploads,
            DocumentStore store,
            FileBodies bodies,
            JsonBodies jsonBodies,
            DocumentAwaiter awaiter,
            Downloads downloads,
            StorageCalls calls,
            DatabaseCalls database) {
        this.documents = documents;
        this.uploads = uploads;
        this.store = store;
        this.bodies = bodies;
        this.jsonBodies = jsonBodies;
        this.awaiter = awaiter;
        this.downloads = downloads;
        this.calls = calls;
        this.database = database;
    }

    /** Reads what is known about it; waits until it is ready or failed if the client would rather wait. */
    @GET
    @PermissionsAllowed(Scope.DOCUMENTS_READ)
    public Uni<Response> get(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = violations.requireId(text, "a document");
        String caller = security.getUserPrincipal().getName();
        return awaiter.read(id, caller, request.headers(), DocumentProblems.UNREADABLE)
                .map(answer -> answer.status(Response.Status.OK).build());
    }

    /** Reads its bytes as they were uploaded, to be saved: no browser shows them as a page of ours. */
    @GET
    @PermissionsAllowed(Scope.DOCUMENTS_READ)
    @Path("content")
    @Produces({"application/pdf", "text/plain", "text/markdown", "text/html"})
    public Uni<Response> content(
            @PathParam("id") String text, @Context RoutingContext context, @Context SecurityContext security) {
        Violations violations = new Violations();
        HttpServerRequest request = context.request();
        EntityTag.Condition known = EntityTag.ifNoneMatch(request.headers(), violations);
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = violations.requireId(text, "a document");
        String caller = security.getUserPrincipal().getName();
        return downloads.send(
                context,
                known,
                () -> download(documents.find(id, caller).orElseThrow(DocumentProblems::notFound)),
                DocumentProblems.UNREADABLE,
                DocumentProblems.LOST);
    }

    private static Content download(Document document) {
        // RFC 8187: percent-encoded, and no plus for a blank.
        String name =
                URLEncoder.encode(document.name(), UTF_8).replace("+", "%20").replace("*", "%2A");
        return new Content(document.content(), document.type().mediaType(), "attachment; filename*=UTF-8''" + name);
    }

    /** Replaces its bytes, which the worker reads then; nothing of those before is found any more. */
    @PUT
    @PermissionsAllowed(Scope.DOCUMENTS_WRITE)
    @Consumes({
        MediaType.MULTIPART_FORM_DATA,
        "application/pdf",
        "text/markdown",
        MediaType.TEXT_HTML,
        MediaType.TEXT_PLAIN,
        MediaType.WILDCARD
    })
    public Uni<Response> replace(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query query = Query.parse(request.query());
        query.check(List.of(UploadQuery.NAME), violations);
        String name = UploadQuery.name(query, violations);
        Target target = target(text, request, security, violations);
        return bodies.receive(
                        request,
                        DocumentsResource.MAX_BYTES,
                        file -> calls.call(
                                () -> uploads.replace(target.caller, target.id, target.condition, file, name),
                                DocumentProblems.CHANGE_UNKNOWN,
                                DocumentProblems.LOST))
                .flatMap(document -> awaiter.answer(document, request.headers(), DocumentProblems.CHANGE_UNKNOWN))
                .map(Response.ResponseBuilder::build);
    }

    /** Changes its name, or who can read it. */
    @PATCH
    @PermissionsAllowed(Scope.DOCUMENTS_WRITE)
    @Consumes(ProblemException.MERGE_PATCH)
    public Uni<Response> patch(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        Target target = target(text, request, security, violations);
        return jsonBodies
                .readMergePatch(request, DocumentDetails.MAX_BODY_BYTES, patch -> {
                    UnaryOperator<DocumentDetails> change = details -> patch.applyTo(details, DocumentDetails.class);
                    return database.call(
                            () -> store.describe(target.caller, target.id, target.condition, change),
                            DocumentProblems.CHANGE_UNKNOWN);
                })
                .map(found -> DocumentAwaiter.shown(found.orElseThrow(DocumentProblems::notFound))
                        .status(Response.Status.OK)
                        .build());
    }

    /** The document that a request changes, who asks, and on which condition. */
    private record Target(UUID id, Caller caller, EntityTag.Condition condition) {}

    private static Target target(
            String text, HttpServerRequest request, SecurityContext security, Violations violations) {
        EntityTag.Condition condition = EntityTag.ifMatch(request.headers(), violations);
        return new Target(violations.requireId(text, "a document"), Caller.of(request, security), condition);
    }

    /** Deletes it, and its passages. */
    @DELETE
    @PermissionsAllowed(Scope.DOCUMENTS_WRITE)
    public Uni<Response> delete(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        Target target = target(text, request, security, violations);
        return calls.call(
                        () -> uploads.delete(target.caller, target.id, target.condition),
                        DocumentProblems.CHANGE_UNKNOWN,
                        DocumentProblems.LOST)
                .map(deleted -> Response.noContent().build());
    }
}
