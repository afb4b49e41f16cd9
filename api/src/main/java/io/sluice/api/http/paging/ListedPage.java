package io.sluice.api.http.paging;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list as clients get it.
 *
 * @param next cursor of the page behind it, or {@code null} if there is none
 */
public record ListedPage(List<?> items, @Nullable String next) {

    /**
     * The answer with a page, and with a link to the one behind it.
     *
     * @param cursor of the page behind it, or {@code null} if there is none
     * @param link makes the query for that page of its cursor
     * @param path of the list
     */
    public static Response answer(
            List<?> items, @Nullable String cursor, Function<String, PageLink> link, String path) {
        Response.ResponseBuilder answer = Response.ok(new ListedPage(items, cursor));
        if (cursor != null) {
            answer.header(HttpHeaders.LINK, link.apply(cursor).link(path));
        }
        return answer.build();
    }
}
