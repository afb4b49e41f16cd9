package io.sluice.consumer.tasks;

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
 * A change of a task, as its event tells it. Members of the payload that are not known are passed over: a later version adds some.
 *
 * @param version of the task, from 1 on
 * @param status of the task after the change
 */
record TaskEvent(Event event, UUID taskId, long version, String status, String owner) {

    private static final String TYPES = "task.";

    /** SQLSTATE of a value that cannot be: the event becomes a dead letter. */
    private static final String INVALID_PARAMETER_VALUE = "22023";

    /** True for an event of a task. The type alone proves nothing, since it may be older than the reservation of types. */
    static boolean is(Event event) {
        return event.isOfFeature() && event.type().startsWith(TYPES);
    }

    /**
     * Reads it.
     *
     * @throws SQLException if it is none that this program understands, and never will be
     */
    static TaskEvent of(Event event) throws SQLException {
        byte[] payload = event.payload();
        Map<String, String> members = new HashMap<>();
        try {
            for (JsonMember member : JsonScanner.members(payload, EventLimits.MAX_NESTING)) {
                members.put(member.name(), text(payload, member));
            }
            return new TaskEvent(
                    event,
                    UUID.fromString(required(members, "taskId")),
                    Long.parseLong(required(members, "version")),
                    required(members, "status"),
                    required("owner", event.owner()));
        } catch (JsonSyntaxException | IllegalArgumentException e) {
            throw new SQLException("no event of a task: " + e.getMessage(), INVALID_PARAMETER_VALUE, e);
        }
    }

    private static String text(byte[] payload, JsonMember member) {
        return payload[member.start()] == '"'
                ? JsonStrings.unescape(payload, member.start(), member.end())
                : new String(Arrays.copyOfRange(payload, member.start(), member.end()), StandardCharsets.UTF_8);
    }

    private static String required(Map<String, String> members, String name) {
        return required(name, members.get(name));
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
