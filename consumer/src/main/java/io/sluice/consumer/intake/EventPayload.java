package io.sluice.consumer.intake;

import io.sluice.contract.Event;
import io.sluice.contract.EventLimits;
import io.sluice.contract.json.JsonMember;
import io.sluice.contract.json.JsonScanner;
import io.sluice.contract.json.JsonStrings;
import io.sluice.contract.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Payload of an event that a feature has written, for handlers. Members that no handler asks for are passed over: a later version adds
 * some. Each method throws an {@link SQLException} that makes a dead letter of an event that this program does not understand, and never
 * will.
 */
public final class EventPayload {

    /** SQLSTATE of a value that cannot be. */
    private static final String INVALID_PARAMETER_VALUE = "22023";

    private final Event event;
    private final Map<String, String> members;

    private EventPayload(Event event, Map<String, String> members) {
        this.event = event;
        this.members = members;
    }

    /** Reads it. */
    public static EventPayload of(Event event) throws SQLException {
        byte[] payload = event.payload();
        Map<String, String> members = new HashMap<>();
        try {
            for (JsonMember member : JsonScanner.members(payload, EventLimits.MAX_NESTING)) {
                members.put(member.name(), text(payload, member));
            }
            return new EventPayload(event, members);
        } catch (JsonSyntaxException e) {
            throw new SQLException("no event of a feature: " + e.getMessage(), INVALID_PARAMETER_VALUE, e);
        }
    }

    private static String text(byte[] payload, JsonMember member) {
        return payload[member.start()] == '"'
                ? JsonStrings.unescape(payload, member.start(), member.end())
                : new String(Arrays.copyOfRange(payload, member.start(), member.end()), StandardCharsets.UTF_8);
    }

    /** The caller whose thing the event is about. */
    public String owner() throws SQLException {
        return required("owner", event.owner());
    }

    /** The text of a member. */
    public String text(String member) throws SQLException {
        return required(member, members.get(member));
    }

    /** The UUID that a member is. */
    public UUID uuid(String member) throws SQLException {
        try {
            return UUID.fromString(text(member));
        } catch (IllegalArgumentException e) {
            throw invalid(member + " is no UUID");
        }
    }

    /** The whole number that a member is, from 0 on. */
    public long number(String member) throws SQLException {
        String text = text(member);
        if (!text.matches("[0-9]{1,18}")) {
            throw invalid(member + " is no whole number from 0 on");
        }
        return Long.parseLong(text);
    }

    private static String required(String name, @Nullable String value) throws SQLException {
        if (value == null) {
            throw invalid(name + " is missing");
        }
        return value;
    }

    private static SQLException invalid(String reason) {
        return new SQLException("no event of a feature: " + reason, INVALID_PARAMETER_VALUE);
    }
}
