package io.sluice.api.images;

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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** {@code /api/v1/images/statistics}. A class of its own, since JAX-RS chooses the class first, and {@link ImageResource} would match. */
@OfFeature(Feature.IMAGES)
@Path(ImageStatisticsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class ImageStatisticsResource {

    static final String PATH = ImagesResource.PATH + "/statistics";

    private static final String DAYS = "days";
    private static final int DEFAULT_DAYS = 30;

    /** A year, and the day that a leap year has more. */
    private static final int MAX_DAYS = 366;

    private final ImageStatistics statistics;
    private final DatabaseCalls database;

    ImageStatisticsResource(ImageStatistics statistics, DatabaseCalls database) {
        this.statistics = statistics;
        this.database = database;
    }

    /** Counts the images of the caller that were analysed, and the objects in them. */
    @GET
    @PermissionsAllowed(Scope.IMAGES_READ)
    public Uni<ImageStatistics.Counts> read(@Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query query = Query.parse(request.query());
        query.check(List.of(DAYS), violations);
        int days = query.number(DAYS, DEFAULT_DAYS, MAX_DAYS, violations);
        violations.refuse();
        String owner = security.getUserPrincipal().getName();
        return database.call(() -> statistics.read(owner, days), ImageProblems.UNREADABLE);
    }
}
