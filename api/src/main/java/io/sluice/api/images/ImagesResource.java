package io.sluice.api.images;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.body.FileBodies;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.paging.StatusListQuery;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Caller;
import io.sluice.api.http.request.Proxies;
import io.sluice.api.security.Scope;
import io.sluice.api.storage.ObjectStorage;
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
import java.io.IOException;
import java.util.List;

/** {@code /api/v1/images}: upload an image, which the worker analyses then, and list those of the caller. */
@OfFeature(Feature.IMAGES)
@Path(ImagesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class ImagesResource {

    static final String PATH = "/api/v1/images";

    static final int MAX_BYTES = 10 << 20;

    private final FileBodies bodies;
    private final ObjectStorage storage;
    private final StorageCalls calls;
    private final ImageStore store;
    private final ImageRepository images;
    private final ImageAnswers answers;
    private final DatabaseCalls database;
    private final Proxies proxies;

    ImagesResource(
            FileBodies bodies,
            ObjectStorage storage,
            StorageCalls calls,
            ImageStore store,
            ImageRepository images,
            ImageAnswers answers,
            DatabaseCalls database,
            Proxies proxies) {
        this.bodies = bodies;
        this.storage = storage;
        this.calls = calls;
        this.store = store;
        this.images = images;
        this.answers = answers;
        this.database = database;
        this.proxies = proxies;
    }

    /** Takes one, whatever its media type says: its first bytes decide. */
    @POST
    @PermissionsAllowed(Scope.IMAGES_WRITE)
    @Consumes({MediaType.MULTIPART_FORM_DATA, "image/*", MediaType.WILDCARD})
    public Uni<Response> upload(@Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        violations.refuse();
        Caller caller = Caller.of(request, security);
        String location = proxies.path(PATH, request);
        return bodies.receive(
                        request,
                        MAX_BYTES,
                        file -> calls.call(
                                () -> add(caller, file.path()), ImageProblems.UPLOAD_UNKNOWN, ImageProblems.LOST))
                .flatMap(upload -> uploaded(upload, caller, request, location));
    }

    private Upload<Image> add(Caller caller, java.nio.file.Path file) throws IOException {
        try {
            return new ImageUploads(storage.open(), store).add(caller, file);
        } catch (ImageRefusedException refused) {
            throw ImageProblems.refused(refused);
        }
    }

    private Uni<Response> uploaded(Upload<Image> upload, Caller caller, HttpServerRequest request, String path) {
        return answers.answer(upload.row(), caller.name(), request.headers(), ImageProblems.UPLOAD_UNKNOWN)
                .map(answer -> (upload.created() ? answer : answer.status(Response.Status.OK))
                        .header(HttpHeaders.LOCATION, path + "/" + upload.row().id())
                        .build());
    }

    /** Lists those of the caller, newest first. */
    @GET
    @PermissionsAllowed(Scope.IMAGES_READ)
    public Uni<Response> list(@Context HttpServerRequest request, @Context SecurityContext security) {
        StatusListQuery query = StatusListQuery.parse(Query.parse(request.query()), "images", Image.STATUSES);
        String owner = security.getUserPrincipal().getName();
        String path = proxies.path(PATH, request);
        return database.call(() -> images.page(owner, query), ImageProblems.UNREADABLE)
                .map(page -> query.answer(page, ImageView::of, path));
    }
}
