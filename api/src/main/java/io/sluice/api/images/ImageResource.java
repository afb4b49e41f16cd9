package io.sluice.api.images;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.body.JsonBodies;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.headers.EntityTag;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Caller;
import io.sluice.api.security.Scope;
import io.sluice.api.storage.Downloads;
import io.sluice.api.storage.Downloads.Content;
import io.sluice.api.storage.StorageCalls;
import io.sluice.settings.Feature;
import io.sluice.storage.StoredObject;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/images/{id}}: read an image, its bytes, and the pictures of what was found in it; analyse it again, and delete it. */
@OfFeature(Feature.IMAGES)
@Path(ImagesResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class ImageResource {

    private static final String PNG = "image/png";

    private final ImageRepository images;
    private final ImageAnswers answers;
    private final ImageStore store;
    private final ImageDeletions deletions;
    private final Downloads downloads;
    private final StorageCalls calls;
    private final JsonBodies bodies;
    private final DatabaseCalls database;

    ImageResource(
            ImageRepository images,
            ImageAnswers answers,
            ImageStore store,
            ImageDeletions deletions,
            Downloads downloads,
            StorageCalls calls,
            JsonBodies bodies,
            DatabaseCalls database) {
        this.images = images;
        this.answers = answers;
        this.store = store;
        this.deletions = deletions;
        this.downloads = downloads;
        this.calls = calls;
        this.bodies = bodies;
        this.database = database;
    }

    /** Reads what is known about it; waits for its analysis if the client would rather wait. */
    @GET
    @PermissionsAllowed(Scope.IMAGES_READ)
    public Uni<Response> get(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = violations.requireId(text, "an image");
        String owner = security.getUserPrincipal().getName();
        return answers.read(id, owner, request.headers(), ImageProblems.UNREADABLE)
                .map(answer -> answer.status(Response.Status.OK).build());
    }

    /** Has it analysed again, by the detector of the body, unless that is under way. Some clients send a media type without a body. */
    @POST
    @PermissionsAllowed(Scope.IMAGES_WRITE)
    @Path("detections")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    public Uni<Response> detect(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = violations.requireId(text, "an image");
        Caller caller = Caller.of(request, security);
        return bodies.readIfAny(
                        request,
                        AnalysisOrder.class,
                        AnalysisOrder.PLAIN,
                        AnalysisOrder.MAX_BODY_BYTES,
                        order -> database.call(
                                () -> store.analyse(caller, id, order.detector()), ImageProblems.CHANGE_UNKNOWN))
                .map(found -> found.orElseThrow(ImageProblems::notFound))
                .flatMap(image -> answers.answer(image, caller.name(), request.headers(), ImageProblems.CHANGE_UNKNOWN))
                .map(Response.ResponseBuilder::build);
    }

    /** Deletes it, and what was found in it. */
    @DELETE
    @PermissionsAllowed(Scope.IMAGES_WRITE)
    public Uni<Response> delete(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = violations.requireId(text, "an image");
        Caller caller = Caller.of(request, security);
        return calls.call(() -> deletions.delete(caller, id), ImageProblems.CHANGE_UNKNOWN, ImageProblems.LOST)
                .map(deleted -> Response.noContent().build());
    }

    /** Reads its bytes as they were uploaded. */
    @GET
    @PermissionsAllowed(Scope.IMAGES_READ)
    @Path("content")
    @Produces({PNG, "image/jpeg", "image/webp"})
    public Uni<Response> content(
            @PathParam("id") String text, @Context RoutingContext context, @Context SecurityContext security) {
        return send(
                text,
                context,
                security,
                image -> new Content(image.content(), image.format().mediaType(), null));
    }

    /** Reads the picture with the objects drawn in. */
    @GET
    @PermissionsAllowed(Scope.IMAGES_READ)
    @Path("overlay.png")
    @Produces(PNG)
    public Uni<Response> overlay(
            @PathParam("id") String text, @Context RoutingContext context, @Context SecurityContext security) {
        return send(text, context, security, image -> analysed(image.overlay()));
    }

    /** Reads the picture that is white where there are objects. */
    @GET
    @PermissionsAllowed(Scope.IMAGES_READ)
    @Path("mask.png")
    @Produces(PNG)
    public Uni<Response> mask(
            @PathParam("id") String text, @Context RoutingContext context, @Context SecurityContext security) {
        return send(text, context, security, image -> analysed(image.mask()));
    }

    private static Content analysed(@Nullable StoredObject picture) {
        if (picture == null) {
            throw ImageProblems.notAnalysed();
        }
        return new Content(picture, PNG, null);
    }

    private Uni<Response> send(
            String text, RoutingContext context, SecurityContext security, Function<Image, Content> picture) {
        Violations violations = new Violations();
        HttpServerRequest request = context.request();
        EntityTag.Condition known = EntityTag.ifNoneMatch(request.headers(), violations);
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = violations.requireId(text, "an image");
        String owner = security.getUserPrincipal().getName();
        return downloads.send(
                context,
                known,
                () -> picture.apply(images.find(id, owner).orElseThrow(ImageProblems::notFound)),
                ImageProblems.UNREADABLE,
                ImageProblems.LOST);
    }
}
