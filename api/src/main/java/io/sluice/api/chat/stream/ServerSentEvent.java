package io.sluice.api.chat.stream;

import org.jspecify.annotations.Nullable;

/**
 * An event of a stream.
 *
 * @param name {@code null} for one without, which clients take for a {@code message}
 * @param data one line of text
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent events</a>
 */
public record ServerSentEvent(@Nullable String name, String data) {

    String text() {
        return (name == null ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
    }
}
