package io.sluice.api.tasks;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.body.JsonBodies;
import io.sluice.api.http.headers.EntityTag;
import io.sluice.api.http.headers.IdempotencyKey;
import io.sluice.api.http.paging.ListedPage;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Caller;
import io.sluice.api.http.request.Proxies;
import io.sluice.api.security.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tasks of the caller: make, read, list, change, complete and delete them. The same under each path of it. */
@PermissionsAllowed(Scope.TASKS)
public abstract class TaskEndpoints {

    private static final String UNREADABLE = "The database cannot be read for the moment; try again later.";

    private static final String UNCHANGEABLE =
            "The database does not answer, and it is not known whether the task was changed. Send the request again, with the same"
                    + " Idempotency-Key or If-Match if it had one.";

    private final String path;
    private final TaskStore store;
    private final TaskActivity activity;
    private final JsonBodies bodies;
    private final DatabaseCalls database;
    private final Proxies proxies;

    TaskEndpoints(
            String path,
            TaskStore store,
            TaskActivity activity,
            JsonBodies bodies,
            DatabaseCalls database,
            Proxies proxies) {
        this.path = path;
        this.store = store;
        this.activity = activity;
        this.bodies = bodies;
        this.database = database;
        this.proxies = proxies;
    }

    /** Makes one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> create(@Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(List.of(), violations);
        String key = IdempotencyKey.of(request.headers(), violations).orElse(null);
        violations.refuse();
        Caller caller = Caller.of(request, security);
        String location = proxies.path(path, request);
        return bodies.read(
                        request,
                        TaskContent.class,
                        TaskContent.MAX_BODY_BYTES,
                        content -> database.call(() -> store.create(caller, content, key), UNCHANGEABLE))
                .map(task -> Response.fromResponse(shown(task))
                        .status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, location + "/" + task.id())
                        .build());
    }

    /** Lists those that pass a filter. */
    @GET
    public Uni<Response> list(@Context HttpServerRequest request, @Context SecurityContext security) {
        TaskListQuery query = TaskListQuery.parse(Query.parse(request.query()));
        Caller caller = Caller.of(request, security);
        String listPath = proxies.path(path, request);
        return database.call(() -> store.page(caller, query), UNREADABLE).map(page -> listed(query, page, listPath));
    }

    private static Response listed(TaskListQuery query, TaskStore.Page page, String path) {
        String cursor = page.next() == null ? null : query.encode(page.next());
        return ListedPage.answer(page.items(), cursor, query::next, path);
    }

    /** Reads one, unless the client has it already. */
    @GET
    @Path("{id}")
    public Uni<Response> get(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Target target = target(text, request, security, EntityTag::ifNoneMatch);
        return database.call(() -> store.find(target.caller, target.id), UNREADABLE)
                .map(found -> found.orElseThrow(TaskEndpoints::notFound))
                .map(task -> target.condition.knows(task.tag())
                        ? Response.notModified()
                                .header(EntityTag.HEADER, task.tag().toString())
                                .build()
                        : shown(task));
    }

    /** Replaces its content. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> replace(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Target target = target(text, request, security, EntityTag::requiredIfMatch);
        return bodies.read(
                request,
                TaskContent.class,
                TaskContent.MAX_BODY_BYTES,
                content -> changed(() -> store.change(target.caller, target.id, target.condition, unused -> content)));
    }

    /** Changes what a JSON Merge Patch names. */
    @PATCH
    @Path("{id}")
    @Consumes(ProblemException.MERGE_PATCH)
    public Uni<Response> patch(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Target target = target(text, request, security, EntityTag::requiredIfMatch);
        return bodies.readMergePatch(request, TaskContent.MAX_BODY_BYTES, patch -> {
            UnaryOperator<TaskContent> change = content -> patch.applyTo(content, TaskContent.class);
            return changed(() -> store.change(target.caller, target.id, target.condition, change));
        });
    }

    /** Completes it; what is completed stays so. */
    @POST
    @Path("{id}/complete")
    public Uni<Response> complete(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        return become(TaskStatus.COMPLETED, text, request, security);
    }

    /** Opens it again; what is open stays so. */
    @POST
    @Path("{id}/reopen")
    public Uni<Response> reopen(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        return become(TaskStatus.OPEN, text, request, security);
    }

    private Uni<Response> become(TaskStatus status, String text, HttpServerRequest request, SecurityContext security) {
        Target target = target(text, request, security, EntityTag::ifMatch);
        return changed(() -> store.become(status, target.caller, target.id, target.condition));
    }

    /** Deletes it. */
    @DELETE
    @Path("{id}")
    public Uni<Response> delete(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Target target = target(text, request, security, EntityTag::ifMatch);
        return changed(() -> store.delete(target.caller, target.id, target.condition))
                .map(deleted -> Response.noContent().build());
    }

    /** Lists what has happened to it, newest first. */
    @GET
    @Path("{id}/activity")
    public Uni<Response> activity(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        Violations violations = new Violations();
        Query query = Query.parse(request.query());
        query.check(List.of("before", "limit"), violations);
        long before = before(query.get("before"), violations);
        int limit = query.limit(TaskListQuery.DEFAULT_LIMIT, TaskListQuery.MAX_LIMIT, violations);
        UUID id = violations.requireId(text, "a task");
        String owner = security.getUserPrincipal().getName();
        return database.call(() -> activity.page(id, owner, before, limit), UNREADABLE)
                .map(page ->
                        Response.ok(page.orElseThrow(TaskEndpoints::notFound)).build());
    }

    private static long before(@Nullable String version, Violations violations) {
        if (version == null) {
            return Long.MAX_VALUE;
        }
        if (!version.matches("[1-9]\\d{0,17}")) {
            violations.add(Violation.inQuery("before", "must be a version of the task, a whole number from 1 on"));
            return 0;
        }
        return Long.parseLong(version);
    }

    private Uni<Response> changed(Supplier<Optional<TaskView>> change) {
        return database.call(change, UNCHANGEABLE).map(changed -> shown(changed.orElseThrow(TaskEndpoints::notFound)));
    }

    private static Response shown(TaskView task) {
        return Response.ok(task).header(EntityTag.HEADER, task.tag().toString()).build();
    }

    /** The task that a request is about, who asks, and on which condition. */
    private record Target(UUID id, Caller caller, EntityTag.Condition condition) {}

    private static Target target(
            String text,
            HttpServerRequest request,
            SecurityContext security,
            BiFunction<MultiMap, Violations, EntityTag.Condition> condition) {
        Violations violations = new Violations();
        EntityTag.Condition read = condition.apply(request.headers(), violations);
        Query.parse(request.query()).check(List.of(), violations);
        return new Target(violations.requireId(text, "a task"), Caller.of(request, security), read);
    }

    private static ProblemException notFound() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND, "You have no task of this id; GET /api/v1/tasks lists those that you have.");
    }
}
