package io.sluice.api.images;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Page;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.images.ImageObject.BoxFormat;
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

/** {@code /api/v1/images/{id}/objects}: read what was found in an image. */
@OfFeature(Feature.IMAGES)
@Path(ImagesResource.PATH + "/{id}/objects")
@Produces(MediaType.APPLICATION_JSON)
public class ImageObjectsResource {

    private final ImageRepository images;
    private final ImageObjectRepository objects;
    private final DatabaseCalls database;

    ImageObjectsResource(ImageRepository images, ImageObjectRepository objects, DatabaseCalls database) {
        this.images = images;
        this.objects = objects;
        this.database = database;
    }

    private record Objects(String bboxFormat, List<ImageObject.Summary> items, @Nullable Integer next) {}

    /** Lists the objects that its last analysis has found. */
    @GET
    @PermissionsAllowed(Scope.IMAGES_READ)
    public Uni<Response> objects(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        ImageObjectQuery query = ImageObjectQuery.parse(Query.parse(request.query()), violations);
        UUID id = violations.requireId(text, "an image");
        String owner = security.getUserPrincipal().getName();
        return database.call(
                        () -> {
                            requireAnalysed(id, owner);
                            return objects.page(id, owner, query);
                        },
                        ImageProblems.UNREADABLE)
                .map(page -> Response.ok(listed(page, query.format())).build());
    }

    private static Objects listed(Page<ImageObject, Integer> page, BoxFormat format) {
        return new Objects(
                format.toString(),
                page.rows().stream().map(object -> object.summary(format)).toList(),
                page.next());
    }

    /** Reads one object. */
    @GET
    @PermissionsAllowed(Scope.IMAGES_READ)
    @Path("{object}")
    public Uni<Response> object(
            @PathParam("id") String text,
            @PathParam("object") String object,
            @Context HttpServerRequest request,
            @Context SecurityContext security) {
        Violations violations = new Violations();
        BoxFormat format = ImageObjectQuery.parseFormat(Query.parse(request.query()), violations);
        int number = number(object, violations);
        UUID id = violations.requireId(text, "an image");
        String owner = security.getUserPrincipal().getName();
        return database.call(
                        () -> {
                            requireAnalysed(id, owner);
                            return objects.find(id, owner, number);
                        },
                        ImageProblems.UNREADABLE)
                .map(found -> found.orElseThrow(ImageProblems::noObject))
                .map(found -> Response.ok(found.details(format)).build());
    }

    private void requireAnalysed(UUID id, String owner) {
        if (!images.find(id, owner).orElseThrow(ImageProblems::notFound).isAnalysed()) {
            throw ImageProblems.notAnalysed();
        }
    }

    private static int number(String text, Violations violations) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            violations.add(Violation.inPath("object", "must be the id of an object, a whole number from 1 on"));
            return 0;
        }
        return Integer.parseInt(text);
    }
}
