package io.sluice.api.replays;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.body.JsonBodies;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.headers.IdempotencyKey;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.paging.StatusListQuery;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Proxies;
import io.sluice.api.security.Scope;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** {@code /api/v1/replays}: have stored events sent to the topic again, see how far that is, cancel it. */
@OfFeature(Feature.MESSAGES)
@Path(ReplaysResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Scope.MESSAGES_REPLAY)
public class ReplaysResource {

    static final String PATH = "/api/v1/replays";

    private static final Logger LOG = Logger.getLogger(ReplaysResource.class.getName());

    private static final String UNREADABLE = "The database cannot be read for the moment; try again later.";

    private static final String UNKNOWN =
            "The database does not answer, and it is not known whether the replay was ordered. Send the request again, with the same"
                    + " Idempotency-Key if it had one.";

    private static final String NOT_CANCELLED =
            "The database does not answer, and it is not known whether the replay is cancelled. Send the request again.";

    private final ReplayStore store;
    private final JsonBodies bodies;
    private final DatabaseCalls database;
    private final Proxies proxies;

    ReplaysResource(ReplayStore store, JsonBodies bodies, DatabaseCalls database, Proxies proxies) {
        this.store = store;
        this.bodies = bodies;
        this.database = database;
        this.proxies = proxies;
    }

    /** Orders one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> order(@Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        String key = IdempotencyKey.of(request.headers(), violations).orElse(null);
        violations.refuse();
        String owner = security.getUserPrincipal().getName();
        String location = proxies.path(PATH, request);
        return bodies.read(request, ReplayBody.class, ReplayBody.MAX_BODY_BYTES, body -> {
                    ReplayOrder order = body.order();
                    return database.call(() -> store.order(owner, order, key), UNKNOWN);
                })
                .invoke(replay -> log(LogLine.of("replay-ordered"), replay, owner))
                .map(replay -> Response.accepted(replay)
                        .header(HttpHeaders.LOCATION, location + "/" + replay.id())
                        .build());
    }

    private static void log(LogLine line, Replay replay, String owner) {
        line.with("replayId", replay.id())
                .with(LogLine.CALLER, owner)
                .with("status", replay.status().code())
                .with("keySha256", replay.keySha256())
                .write(LOG, Level.INFO);
    }

    /** Lists the caller's, newest first. */
    @GET
    public Uni<Response> list(@Context HttpServerRequest request, @Context SecurityContext security) {
        StatusListQuery query = StatusListQuery.parse(Query.parse(request.query()), "replays", ReplayStatus.CODES);
        String owner = security.getUserPrincipal().getName();
        String path = proxies.path(PATH, request);
        return database.call(() -> store.page(owner, query), UNREADABLE)
                .map(page -> query.answer(page, replay -> replay, path));
    }

    /** Reads one. */
    @GET
    @Path("{id}")
    public Uni<Replay> get(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        UUID id = id(text, request);
        String owner = security.getUserPrincipal().getName();
        return database.call(() -> store.find(id, owner), UNREADABLE).map(ReplaysResource::found);
    }

    /** Cancels one; what has ended stays as it is. */
    @POST
    @Path("{id}/cancel")
    public Uni<Replay> cancel(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        UUID id = id(text, request);
        String owner = security.getUserPrincipal().getName();
        return database.call(() -> store.cancel(id, owner), NOT_CANCELLED)
                .map(ReplaysResource::found)
                .invoke(replay -> log(LogLine.of("replay-cancelled"), replay, owner));
    }

    private static UUID id(String text, HttpServerRequest request) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        return violations.requireId(text, "a replay");
    }

    private static Replay found(Optional<Replay> replay) {
        return replay.orElseThrow(() -> ProblemException.of(
                ProblemCode.NOT_FOUND,
                "You have no replay of this id; GET /api/v1/replays lists those that you have."));
    }
}
