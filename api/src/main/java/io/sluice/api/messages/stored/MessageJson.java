package io.sluice.api.messages.stored;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.json.JsonStrings;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JSON. The payload is copied in as the bytes it is, always as the last member, so that nothing on the way back can
 * change it either.
 */
public final class MessageJson {

    /** Typical size of a message without its payload, in bytes. */
    private static final int OTHER_BYTES = 512;

    private final ByteArrayOutputStream json;

    /** Allocates enough for these messages: a stream that grows holds several copies. */
    private MessageJson(List<StoredMessage> messages) {
        int bytes = 0;
        for (StoredMessage message : messages) {
            bytes += OTHER_BYTES + message.payload().length;
        }
        json = new ByteArrayOutputStream(bytes);
    }

    /** One message. */
    public static byte[] of(StoredMessage message) {
        MessageJson json = new MessageJson(List.of(message));
        json.append(message);
        return json.json.toByteArray();
    }

    /**
     * A page of a list.
     *
     * @param next asks for the following page, or {@code null} where there is none
     * @param position asks for what is stored later, or {@code null} for lists that have no such place
     */
    public static byte[] ofPage(List<StoredMessage> page, @Nullable String next, @Nullable String position) {
        MessageJson json = new MessageJson(page);
        json.append("{\"items\":[");
        for (int i = 0; i < page.size(); i++) {
            json.append(i == 0 ? "" : ",");
            json.append(page.get(i));
        }
        json.append("],\"next\":" + quoted(next));
        json.append(position == null ? "}" : ",\"position\":" + quoted(position) + "}");
        return json.json.toByteArray();
    }

    /** A line for each message, and this text behind them. */
    public static byte[] ofLines(List<StoredMessage> messages, String last) {
        MessageJson json = new MessageJson(messages);
        for (StoredMessage message : messages) {
            json.appendLine(message);
        }
        json.append(last);
        return json.json.toByteArray();
    }

    /** The payload may have line feeds between its parts, and no others: in a JSON text they stand as escapes. */
    private void appendLine(StoredMessage message) {
        appendMembers(message);
        for (byte b : message.payload()) {
            json.write(b == '\n' || b == '\r' ? ' ' : b);
        }
        append("}\n");
    }

    private void append(StoredMessage message) {
        appendMembers(message);
        json.writeBytes(message.payload());
        append("}");
    }

    private void appendMembers(StoredMessage message) {
        append("{\"id\":\"" + message.id()
                + "\",\"type\":" + quoted(message.type())
                + ",\"key\":" + quoted(message.key())
                + ",\"subject\":" + quoted(message.subject())
                + ",\"time\":\"" + message.time()
                + "\",\"storedAt\":\"" + message.storedAt()
                + "\",\"traceparent\":" + quoted(message.traceparent())
                + ",\"payload\":");
    }

    private void append(String text) {
        json.writeBytes(text.getBytes(UTF_8));
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder();
        JsonStrings.quote(text, quoted);
        return quoted.toString();
    }
}
