package io.sluice.api.chat.sessions;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Proxies;
import io.sluice.api.security.Scope;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /api/v1/chat/sessions}: list, read and delete sessions of the caller's own. */
@OfFeature(Feature.CHAT)
@Path(SessionsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Scope.CHAT)
public class SessionsResource {

    static final String PATH = "/api/v1/chat/sessions";

    private final SessionRepository sessions;
    private final DatabaseCalls database;
    private final Proxies proxies;

    SessionsResource(SessionRepository sessions, DatabaseCalls database, Proxies proxies) {
        this.sessions = sessions;
        this.database = database;
        this.proxies = proxies;
    }

    private record WholeSession(UUID id, String title, Instant createdAt, Instant updatedAt, List<Turn> turns) {}

    /** Lists those of the caller, the ones that were begun last first. */
    @GET
    public Uni<Response> list(@Context HttpServerRequest request, @Context SecurityContext security) {
        SessionListQuery query = SessionListQuery.parse(Query.parse(request.query()));
        String owner = security.getUserPrincipal().getName();
        String path = proxies.path(PATH, request);
        return database.call(() -> sessions.page(owner, query), SessionProblems.UNREADABLE)
                .map(page -> query.answer(page, path));
    }

    /** Reads one, with its turns. */
    @GET
    @Path("{id}")
    public Uni<Response> get(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        UUID id = id(text, request);
        String owner = security.getUserPrincipal().getName();
        return database.call(() -> whole(id, owner), SessionProblems.UNREADABLE)
                .map(session -> Response.ok(session).build());
    }

    private WholeSession whole(UUID id, String owner) {
        Session session = sessions.find(id, owner).orElseThrow(SessionProblems::notFound);
        return new WholeSession(
                session.id(),
                session.title(),
                session.createdAt(),
                session.updatedAt(),
                sessions.turns(id, owner, Conversations.MAX_TURNS));
    }

    /** Deletes one, with its turns. */
    @DELETE
    @Path("{id}")
    public Uni<Response> delete(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        UUID id = id(text, request);
        String owner = security.getUserPrincipal().getName();
        return database.call(() -> sessions.delete(id, owner), SessionProblems.UNDELETED)
                .map(deleted -> {
                    if (!deleted) {
                        throw SessionProblems.notFound();
                    }
                    return Response.noContent().build();
                });
    }

    private static UUID id(String text, HttpServerRequest request) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        return violations.requireId(text, "a session");
    }
}
