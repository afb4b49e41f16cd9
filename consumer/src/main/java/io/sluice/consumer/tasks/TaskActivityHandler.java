package io.sluice.consumer.tasks;

import io.sluice.consumer.intake.EventHandler;
import io.sluice.consumer.intake.ReceivedEvent;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Keeps the history of tasks: a row for each version, from the events that the feature has written, and from no others. */
@Singleton
class TaskActivityHandler implements EventHandler {

    private static final String INSERT =
            """
            insert into task_activity (task_id, version, type, status, owner, event_id, time)
            select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[])
            on conflict (task_id, version) do nothing""";

    @Override
    public void handle(Connection connection, List<ReceivedEvent> stored) throws SQLException {
        List<TaskEvent> events = List.of();
        for (ReceivedEvent received : stored) {
            if (TaskEvent.is(received.event())) {
                if (events.isEmpty()) {
                    events = new ArrayList<>();
                }
                events.add(TaskEvent.of(received.event()));
            }
        }
        if (!events.isEmpty()) {
            insert(connection, events);
        }
    }

    private static void insert(Connection connection, List<TaskEvent> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            set(insert, 1, "uuid", events, TaskEvent::taskId);
            set(insert, 2, "bigint", events, TaskEvent::version);
            set(insert, 3, "text", events, task -> task.event().type());
            set(insert, 4, "text", events, TaskEvent::status);
            set(insert, 5, "text", events, TaskEvent::owner);
            set(insert, 6, "uuid", events, task -> task.event().id());
            set(insert, 7, "timestamptz", events, task -> task.event().time().toString());
            insert.executeUpdate();
        }
    }

    private static void set(
            PreparedStatement insert, int parameter, String type, List<TaskEvent> events, Function<TaskEvent, ?> column)
            throws SQLException {
        Object[] values = events.stream().map(column).toArray();
        insert.setArray(parameter, insert.getConnection().createArrayOf(type, values));
    }
}
