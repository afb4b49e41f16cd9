package io.sluice.api.http.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The query that asks for the page behind another one, with the same limit and the same filters.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288, Web Linking</a>
 */
public final class PageLink {

    private final StringBuilder query = new StringBuilder();

    /** The page behind this cursor. */
    public PageLink(String cursor, int limit) {
        query.append("cursor=").append(cursor).append("&limit=").append(limit);
    }

    /** Adds a filter, unless its value is {@code null}. */
    public PageLink with(String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8));
        }
        return this;
    }

    /** The header {@code Link} of an answer of this path. */
    public String link(String path) {
        return "<" + path + "?" + query + ">; rel=\"next\"";
    }
}
