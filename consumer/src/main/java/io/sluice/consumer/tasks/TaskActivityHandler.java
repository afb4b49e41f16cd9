package io.sluice.consumer.tasks;

import io.sluice.consumer.intake.IdempotentHandler;
import io.sluice.consumer.intake.ReceivedEvent;
import io.sluice.contract.Event;
import io.sluice.contract.ReplayHandler;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Keeps the history of tasks: a row for each version, from the events that the feature has written, and from no others. */
@Singleton
class TaskActivityHandler implements IdempotentHandler {

    private static final String INSERT =
            """
            insert into task_activity (task_id, version, type, status, owner, event_id, time)
            select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[])
            on conflict (task_id, version) do nothing""";

    @Override
    public ReplayHandler name() {
        return ReplayHandler.TASK_ACTIVITY;
    }

    @Override
    public void handle(Connection connection, List<ReceivedEvent> stored) throws SQLException {
        handleAgain(connection, stored.stream().map(ReceivedEvent::event).toList());
    }

    @Override
    public void handleAgain(Connection connection, List<Event> events) throws SQLException {
        List<TaskEvent> ofTasks = List.of();
        for (Event event : events) {
            if (TaskEvent.is(event)) {
                if (ofTasks.isEmpty()) {
                    ofTasks = new ArrayList<>();
                }
                ofTasks.add(TaskEvent.of(event));
            }
        }
        if (!ofTasks.isEmpty()) {
            insert(connection, ofTasks);
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
