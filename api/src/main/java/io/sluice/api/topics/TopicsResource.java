package io.sluice.api.topics;

import io.quarkus.security.PermissionsAllowed;
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
import java.util.List;

/** {@code /api/v1/topics}: the topics of this installation, and how far the consumer has read them. */
@OfFeature(Feature.MESSAGES)
@Path("/api/v1/topics")
@Produces(MediaType.APPLICATION_JSON)
public class TopicsResource {

    private final TopicReports reports;

    TopicsResource(TopicReports reports) {
        this.reports = reports;
    }

    private record Topics(List<TopicReport> items) {}

    /** Lists them. */
    @GET
    @PermissionsAllowed(Scope.MESSAGES_READ)
    public Uni<Topics> list(@Context HttpServerRequest request) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        violations.refuse();
        return reports.current().map(Topics::new);
    }
}
