package io.sluice.api.messages.stream;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.stream.EventStream;
import io.sluice.api.security.Scope;
import io.sluice.api.security.TokenExpiry;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Duration;

/** {@code /api/v1/messages/stream}: events as they come. */
@OfFeature(Feature.MESSAGES)
@Path("/api/v1/messages/stream")
@Produces(MediaType.SERVER_SENT_EVENTS)
public class StreamResource {

    private final Streams streams;
    private final Clock clock;

    StreamResource(Streams streams, Clock clock) {
        this.streams = streams;
        this.clock = clock;
    }

    /** Follows the topic. */
    @GET
    @PermissionsAllowed(Scope.MESSAGES_READ)
    public Uni<Response> follow(@Context RoutingContext context, @Context SecurityContext security) {
        StreamQuery query = StreamQuery.parse(
                Query.parse(context.request().query()),
                context.request().headers().getAll(StreamQuery.LAST_EVENT_ID),
                security.getUserPrincipal().getName(),
                TokenExpiry.of(context)
                        .map(expires -> Duration.between(clock.instant(), expires))
                        .orElse(null));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            return Uni.createFrom()
                    .item(Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build());
        }
        return streams.begin(query, context).map(reader -> Response.ok(
                        new EventStream(Multi.createFrom().publisher(reader)), MediaType.SERVER_SENT_EVENTS_TYPE)
                .build());
    }
}
