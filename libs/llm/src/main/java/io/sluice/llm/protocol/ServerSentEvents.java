package io.sluice.llm.protocol;

import io.sluice.llm.ModelFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reader of server-sent events, of which it gives the data alone. An event that has no empty line behind it is none.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG: server-sent events</a>
 */
public final class ServerSentEvents {

    /** Bytes of an event; those of providers have a few hundred. */
    static final int LONGEST = 256 * 1024;

    private static final String DATA = "data";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable StringBuilder data;
    private boolean wasCarriageReturn;

    /**
     * Reads on.
     *
     * @param bytes that come next, wherever they begin and end
     * @return data of the events that end in them
     * @throws ProviderException if an event is longer than 256 KiB
     */
    public List<String> read(ByteBuffer bytes) throws ProviderException {
        List<String> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean isSecondOfTwo = next == '\n' && wasCarriageReturn;
            wasCarriageReturn = next == '\r';
            if (isSecondOfTwo) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                endOfLine(events);
            } else {
                line.write(next);
                if (line.size() + (data == null ? 0 : data.length()) > LONGEST) {
                    throw new ProviderException(Kind.PROTOCOL, "sent an event of more than 256 KiB");
                }
            }
        }
        return events;
    }

    private void endOfLine(List<String> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.isEmpty()) {
            if (data != null) {
                events.add(data.toString());
                data = null;
            }
        } else if (text.equals(DATA)) {
            add("");
        } else if (text.startsWith(DATA + ":")) {
            add(text.substring(text.startsWith(DATA + ": ") ? DATA.length() + 2 : DATA.length() + 1));
        }
    }

    private void add(String text) {
        if (data == null) {
            data = new StringBuilder(text);
        } else {
            data.append('\n').append(text);
        }
    }
}
