package io.sluice.api.deadletters;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.ListedPage;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Proxies;
import io.sluice.api.security.Scope;
import io.sluice.settings.Feature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/dead-letters}: list them, read one, send them again, put one away. */
@OfFeature(Feature.DEAD_LETTERS)
@Path(DeadLettersResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Scope.DEAD_LETTERS_MANAGE)
public class DeadLettersResource {

    static final String PATH = "/api/v1/dead-letters";

    private final DeadLetterStore store;
    private final Redrive redrive;
    private final DeadLetterResolver resolver;
    private final DatabaseCalls database;
    private final Proxies proxies;

    DeadLettersResource(
            DeadLetterStore store,
            Redrive redrive,
            DeadLetterResolver resolver,
            DatabaseCalls database,
            Proxies proxies) {
        this.store = store;
        this.redrive = redrive;
        this.resolver = resolver;
        this.database = database;
        this.proxies = proxies;
    }

    /** Lists dead letters, newest first. */
    @GET
    public Uni<Response> list(@Context HttpServerRequest request) {
        ListQuery query = ListQuery.parse(Query.parse(request.query()));
        String path = proxies.path(PATH, request);
        return database.read(() -> store.page(query.filter(), query.after(), query.limit()))
                .map(page -> listed(query, page, path));
    }

    private static Response listed(ListQuery query, DeadLetterStore.Page page, String path) {
        Filter filter = query.filter();
        String cursor = page.next() == null ? null : page.next().encode(filter.fingerprint());
        return ListedPage.answer(page.items(), cursor, next -> filter.next(next, query.limit()), path);
    }

    /** Reads one, with its record, its failures and what was done about it. */
    @GET
    @Path("{id}")
    public Uni<DeadLetterDetails> get(@PathParam("id") String text, @Context HttpServerRequest request) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = id(text, violations);
        return database.read(() -> store.find(id)).map(found -> found.orElseThrow(DeadLettersResource::notFound));
    }

    /** Sends one again, and answers when Kafka has it. */
    @POST
    @Path("{id}/redrive")
    public Uni<Response> redrive(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query query = Query.parse(request.query());
        query.check(List.of(Mode.PARAMETER), violations);
        Mode mode = Mode.parse(query, violations);
        UUID id = id(text, violations);
        return redrive.one(id, mode, who(security))
                .map(one -> Response.accepted(one).build());
    }

    /**
     * The result of sending some again.
     *
     * @param next asks for those behind them, or is {@code null} if there are no more
     */
    record Redriven(int redriven, List<Redrive.Refused> refused, @Nullable String next) {}

    /** Sends some again, oldest first, and answers when Kafka has them. */
    @POST
    @Path("redrive")
    public Uni<Response> redriveSome(@Context HttpServerRequest request, @Context SecurityContext security) {
        RedriveQuery query = RedriveQuery.parse(Query.parse(request.query()));
        return redrive.some(query, who(security))
                .map(some -> Response.ok(redriven(query, some)).build());
    }

    private static Redriven redriven(RedriveQuery query, Redrive.Redriven some) {
        Cursor next = some.next();
        return new Redriven(
                some.redriven(),
                some.refused(),
                next == null ? null : next.encode(query.filter().fingerprint()));
    }

    /** The state of one after a change. */
    record Changed(UUID id, String state) {}

    /** Puts one away. */
    @POST
    @Path("{id}/resolve")
    public Uni<Response> resolve(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        UUID id = id(text, violations);
        return resolver.resolve(id, who(security)).map(resolved -> Response.ok(new Changed(id, State.RESOLVED.code()))
                .build());
    }

    private static String who(SecurityContext security) {
        return security.getUserPrincipal().getName();
    }

    private static UUID id(String text, Violations violations) {
        Optional<UUID> id = canonical(text);
        if (id.isEmpty()) {
            violations.add(Violation.inPath("id", "must be the id of a dead letter: a UUID, as the list has it"));
        }
        violations.refuse();
        return id.orElseThrow();
    }

    /** A UUID of any version: whoever writes to the topic can name any id. */
    private static Optional<UUID> canonical(String text) {
        try {
            // UUID.fromString also takes short forms such as 1-1-1-1-1.
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }

    static ProblemException notFound() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "There is no dead letter of this id. What fails is listed soon after; what is resolved is deleted"
                        + " after RETENTION_DAYS.");
    }
}
