package io.sluice.api.documents;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.body.FileBodies;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.paging.StatusListQuery;
import io.sluice.api.http.request.Caller;
import io.sluice.api.http.request.Proxies;
import io.sluice.api.security.Scope;
import io.sluice.api.storage.StorageCalls;
import io.sluice.api.storage.Uploads.Upload;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /api/v1/documents}: upload a document, which the worker reads then, and list those of the caller. */
@OfFeature(Feature.DOCUMENTS)
@Path(DocumentsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class DocumentsResource {

    static final String PATH = "/api/v1/documents";

    static final int MAX_BYTES = 25 << 20;

    private final FileBodies bodies;
    private final StorageCalls calls;
    private final DocumentUploads uploads;
    private final DocumentRepository documents;
    private final DocumentAwaiter awaiter;
    private final DatabaseCalls database;
    private final Proxies proxies;

    DocumentsResource(
            FileBodies bodies,
            StorageCalls calls,
            DocumentUploads uploads,
            DocumentRepository documents,
            DocumentAwaiter awaiter,
            DatabaseCalls database,
            Proxies proxies) {
        this.bodies = bodies;
        this.calls = calls;
        this.uploads = uploads;
        this.documents = documents;
        this.awaiter = awaiter;
        this.database = database;
        this.proxies = proxies;
    }

    /** Takes one: its first bytes tell a PDF; of a text, the media type or the name of the file does. */
    @POST
    @PermissionsAllowed(Scope.DOCUMENTS_WRITE)
    @Consumes({
        MediaType.MULTIPART_FORM_DATA,
        "application/pdf",
        "text/markdown",
        MediaType.TEXT_HTML,
        MediaType.TEXT_PLAIN,
        MediaType.WILDCARD
    })
    public Uni<Response> upload(@Context HttpServerRequest request, @Context SecurityContext security) {
        UploadQuery query = UploadQuery.parse(Query.parse(request.query()));
        Caller caller = Caller.of(request, security);
        String location = proxies.path(PATH, request);
        return bodies.receive(
                        request,
                        MAX_BYTES,
                        file -> calls.call(
                                () -> uploads.add(caller, file, query.name(), query.visibility()),
                                DocumentProblems.UPLOAD_UNKNOWN,
                                DocumentProblems.LOST))
                .flatMap(upload -> uploaded(upload, request, location));
    }

    private Uni<Response> uploaded(Upload<Document> upload, HttpServerRequest request, String path) {
        return awaiter.answer(upload.row(), request.headers(), DocumentProblems.UPLOAD_UNKNOWN)
                .map(answer -> (upload.created() ? answer : answer.status(Response.Status.OK))
                        .header(HttpHeaders.LOCATION, path + "/" + upload.row().id())
                        .build());
    }

    /** Lists those of the caller, newest first. */
    @GET
    @PermissionsAllowed(Scope.DOCUMENTS_READ)
    public Uni<Response> list(@Context HttpServerRequest request, @Context SecurityContext security) {
        StatusListQuery query = StatusListQuery.parse(Query.parse(request.query()), "documents", Document.STATUSES);
        String owner = security.getUserPrincipal().getName();
        String path = proxies.path(PATH, request);
        return database.call(() -> documents.page(owner, query), DocumentProblems.UNREADABLE)
                .map(page -> query.answer(page, DocumentView::of, path));
    }
}
