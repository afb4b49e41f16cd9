package io.sluice.consumer.tasks;

import io.sluice.consumer.intake.EventPayload;
import io.sluice.contract.Event;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A change of a task, as its event tells it.
 *
 * @param version of the task, from 1 on
 * @param status of the task after the change
 */
record TaskEvent(Event event, UUID taskId, long version, String status, String owner) {

    private static final String TYPES = "task.";

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
        EventPayload payload = EventPayload.of(event);
        return new TaskEvent(
                event, payload.uuid("taskId"), payload.number("version"), payload.text("status"), payload.owner());
    }
}
