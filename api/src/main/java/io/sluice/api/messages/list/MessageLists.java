package io.sluice.api.messages.list;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.body.JsonContent;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.RequestPlaces;
import io.sluice.api.messages.stored.MessageJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Answers with lists. */
@ApplicationScoped
public class MessageLists {

    /** Each has memory for a page, and reads one after the other. */
    static final int AT_ONCE = 4;

    private final RequestPlaces places = new RequestPlaces(AT_ONCE);
    private final MessagePages pages;
    private final DatabaseCalls database;

    MessageLists(MessagePages pages, DatabaseCalls database) {
        this.pages = pages;
        this.database = database;
    }

    /**
     * Answers with a page.
     *
     * @param path of the list, as the client knows it
     * @return fails as {@link DatabaseCalls#read}
     */
    public Uni<Response> page(ListQuery query, String caller, String path) {
        return database.read(() -> read(query, caller)).map(page -> answer(page, query, path));
    }

    /**
     * Answers with all of a list, as lines, however many.
     *
     * @return fails with {@link ProblemCode#OVERLOADED} where {@value #AT_ONCE} others are being answered so, or half as many of the caller, or as
     *     {@link DatabaseCalls#readPart}
     */
    public Uni<Response> lines(ListQuery query, String caller, RoutingContext request) {
        if (request.request().method().equals(HttpMethod.HEAD)) {
            // The list would be read to its end, and nothing of it sent.
            return Uni.createFrom().item(Response.ok().type(JsonContent.ND_JSON).build());
        }
        if (!places.take(request, caller, () -> {})) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED,
                    "So many lists are being sent, of you or of all, that no more can; send the request again later.");
        }
        return database.readPart(() -> new MessageLines(pages, database, query, caller))
                .map(lines -> Response.ok(lines, JsonContent.ND_JSON).build());
    }

    /**
     * A page, and where it ended.
     *
     * @param position behind which all stands that is stored later, or {@code null} where it may stand anywhere
     */
    private record Found(MessagePages.Page page, @Nullable Cursor position) {}

    private Found read(ListQuery query, String caller) {
        if (query.order() == Order.DESC) {
            return new Found(page(query.filter(), query, caller), null);
        }
        Instant end = pages.horizon(query.filter());
        MessagePages.Page page = page(query.filter().until(end), query, caller);
        return new Found(page, page.next() == null ? end(end, query.after()) : page.next());
    }

    private MessagePages.Page page(Filter filter, ListQuery query, String caller) {
        return pages.page(filter, query.order(), caller, query.after(), query.limit(), MessagePages.PAGE_BYTES);
    }

    /** Cursor behind all that was stored before this time, or where the page before ended if that is later: the horizon may go back. */
    static Cursor end(Instant until, @Nullable Cursor after) {
        if (after != null && !after.storedAt().isBefore(until)) {
            return after;
        }
        // Earlier times are as good as that, and some are more microseconds away than there are numbers for.
        Instant last = until.isAfter(Instant.EPOCH) ? until.minus(1, ChronoUnit.MICROS) : Instant.EPOCH;
        return new Cursor(last, Long.MAX_VALUE);
    }

    private static Response answer(Found found, ListQuery query, String path) {
        String next = text(found.page().next(), query);
        byte[] json = MessageJson.ofPage(found.page().messages(), next, text(found.position(), query));
        return next == null
                ? Response.ok(json, MediaType.APPLICATION_JSON_TYPE).build()
                : Response.ok(json, MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.LINK, query.next(next).link(path))
                        .build();
    }

    private static @Nullable String text(@Nullable Cursor cursor, ListQuery query) {
        return cursor == null ? null : query.encode(cursor);
    }
}
