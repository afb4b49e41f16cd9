package io.sluice.api.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream.
 *
 * @param id by which a client goes on behind it, or {@code null} for none
 * @param name {@code null} for one without, which clients take for a {@code message}
 * @param data text; each of its lines is sent as one, and what parts them comes to the client as a line feed
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent events</a>
 */
public record ServerSentEvent(@Nullable String id, @Nullable String name, String data) {

    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

    /** An event without an id. */
    public ServerSentEvent(@Nullable String name, String data) {
        this(null, name, data);
    }

    /** The event as it is sent. */
    public byte[] bytes() {
        return ((id == null ? "" : "id: " + id + "\n")
                        + (name == null ? "" : "event: " + name + "\n")
                        + "data: "
                        + LINE_BREAK.matcher(data).replaceAll("\ndata: ")
                        + "\n\n")
                .getBytes(UTF_8);
    }
}
