package io.sluice.api.tasks;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.sluice.api.http.headers.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as its owner sees it.
 *
 * @param version counts its changes, from 1 on; the number in its {@code ETag}
 * @param completedAt {@code null} while it is open
 */
@JsonPropertyOrder({
    "id",
    "title",
    "description",
    "due",
    "priority",
    "tags",
    "status",
    "version",
    "createdAt",
    "updatedAt",
    "completedAt"
})
record TaskView(
        UUID id,
        String title,
        @Nullable String description,
        @Nullable String due,
        Priority priority,
        List<String> tags,
        TaskStatus status,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant completedAt) {

    static TaskView of(Task task) {
        TaskContent content = task.content();
        return new TaskView(
                task.id(),
                content.title(),
                content.description(),
                content.due(),
                content.priority(),
                content.tags(),
                task.status(),
                task.version(),
                task.createdAt(),
                task.updatedAt(),
                task.completedAt());
    }

    EntityTag tag() {
        return new EntityTag(version);
    }
}
