package io.sluice.api.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.database.EntityTransactions;
import io.sluice.api.outbox.Outbox;
import io.sluice.runtime.outbox.FeatureEvent;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Writes events of tasks into the outbox, in the transaction that changes the task. */
@Singleton
class TaskEvents {

    static final String CREATED = "task.created";
    static final String UPDATED = "task.updated";
    static final String COMPLETED = "task.completed";
    static final String REOPENED = "task.reopened";

    private final Outbox outbox;

    TaskEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Tells what the task has become; its version is a new one. */
    void add(String type, Task task, @Nullable String traceparent) {
        add(type, task, task.version(), task.status().toString(), traceparent);
    }

    /** Tells that the task is deleted, which counts as a version of it. */
    void addDeleted(Task task, @Nullable String traceparent) {
        add("task.deleted", task, task.version() + 1, "deleted", traceparent);
    }

    private void add(String type, Task task, long version, String status, @Nullable String traceparent) {
        String payload = "{\"taskId\":\"%s\",\"version\":%d,\"status\":\"%s\"}".formatted(task.id(), version, status);
        FeatureEvent event = new FeatureEvent(type, task.id(), task.owner(), traceparent, payload.getBytes(UTF_8));
        EntityTransactions.flushAnd(transaction -> outbox.add(transaction, event));
    }
}
