package io.sluice.api.messages;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.http.body.JsonContent;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.headers.AcceptHeader;
import io.sluice.api.http.headers.WaitPreference;
import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.Proxies;
import io.sluice.api.messages.cloudevents.CloudEventJson;
import io.sluice.api.messages.erasure.Erased;
import io.sluice.api.messages.erasure.ErasureQuery;
import io.sluice.api.messages.erasure.Erasures;
import io.sluice.api.messages.list.ListQuery;
import io.sluice.api.messages.list.MessageLists;
import io.sluice.api.messages.status.MessageStatus;
import io.sluice.api.security.Scope;
import io.sluice.contract.EventId;
import io.sluice.settings.Feature;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /api/v1/messages}: post an event, read it, ask what has become of it, list what is stored, erase it. */
@OfFeature(Feature.MESSAGES)
@Path(MessagesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {

    static final String PATH = "/api/v1/messages";

    private static final List<String> NO_PARAMETERS = List.of();

    private final MessagePosts posts;
    private final MessageAnswers answers;
    private final MessageLists lists;
    private final Erasures erasures;
    private final Proxies proxies;

    MessagesResource(
            MessagePosts posts, MessageAnswers answers, MessageLists lists, Erasures erasures, Proxies proxies) {
        this.posts = posts;
        this.answers = answers;
        this.lists = lists;
        this.erasures = erasures;
        this.proxies = proxies;
    }

    /** Takes one event, or many as an array or in the lines of a body of any length; answers when Kafka has them. */
    @POST
    @PermissionsAllowed(Scope.MESSAGES_WRITE)
    @Consumes({
        MediaType.APPLICATION_JSON,
        JsonContent.ND_JSON,
        CloudEventJson.MEDIA_TYPE,
        CloudEventJson.BATCH_MEDIA_TYPE
    })
    public Uni<RestResponse<String>> post(@Context HttpServerRequest request, @Context SecurityContext security) {
        return posts.post(request, security.getUserPrincipal().getName(), proxies.path(PATH, request));
    }

    /** Reads one message; waits for it if the client would rather wait. */
    @GET
    @PermissionsAllowed(Scope.MESSAGES_READ)
    @Path("{id}")
    public Uni<RestResponse<byte[]>> get(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        UUID id = id(text, request);
        return answers.message(id, security.getUserPrincipal().getName(), wait(request));
    }

    /** Tells what has become of an event that the caller has sent; waits until it is known if the client would rather wait. */
    @GET
    @PermissionsAllowed(Scope.MESSAGES_READ)
    @Path("{id}/status")
    public Uni<RestResponse<MessageStatus>> status(
            @PathParam("id") String text, @Context HttpServerRequest request, @Context SecurityContext security) {
        UUID id = id(text, request);
        return answers.status(id, security.getUserPrincipal().getName(), wait(request));
    }

    private static Optional<Duration> wait(HttpServerRequest request) {
        return WaitPreference.of(request.headers().getAll(WaitPreference.HEADER));
    }

    private static UUID id(String text, HttpServerRequest request) {
        Violations violations = new Violations();
        Query.parse(request.query()).check(NO_PARAMETERS, violations);
        Optional<UUID> id = EventId.parse(text);
        if (id.isEmpty()) {
            violations.add(Violation.inPath(
                    "id", "must be the id of an event: a UUID of version 4, 5 or 7, as it was answered or chosen"));
        }
        violations.refuse();
        return id.orElseThrow();
    }

    /** Erases what is stored of a key. */
    @DELETE
    @PermissionsAllowed(Scope.MESSAGES_ERASE)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Erased> erase(@Context HttpServerRequest request, @Context SecurityContext security) {
        String key = ErasureQuery.key(Query.parse(request.query()));
        return erasures.erase(key, security.getUserPrincipal().getName());
    }

    /** Lists messages, a page of them, or all of them as lines. */
    @GET
    @PermissionsAllowed(Scope.MESSAGES_READ)
    @Produces({MediaType.APPLICATION_JSON, JsonContent.ND_JSON})
    public Uni<Response> list(@Context RoutingContext context, @Context SecurityContext security) {
        HttpServerRequest request = context.request();
        Query query = Query.parse(request.query());
        String caller = security.getUserPrincipal().getName();
        AcceptHeader accept = AcceptHeader.of(request.headers().getAll(AcceptHeader.NAME));
        return accept.prefers(JsonContent.ND_JSON, MediaType.APPLICATION_JSON)
                ? lists.lines(ListQuery.parseWhole(query), caller, context)
                : lists.page(ListQuery.parse(query), caller, proxies.path(PATH, request));
    }
}
