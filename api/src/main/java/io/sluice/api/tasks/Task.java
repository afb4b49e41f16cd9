package io.sluice.api.tasks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code tasks}. Whoever changes one has the row locked, which is why {@code version} is an ordinary column. */
@Entity
@Table(name = "tasks")
class Task {

    /** Stands for no due date, so that it has a place in the order. */
    static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    @Id
    private UUID id;

    /** The database's. */
    @Column(insertable = false, updatable = false)
    private long seq;

    private String owner;
    private String title;
    private @Nullable String description;
    private LocalDate due;
    private Priority priority;
    private List<String> tags;
    private String status;
    private long version;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Column(name = "completed_at")
    private @Nullable Instant completedAt;

    /** Made by Hibernate, which fills it. */
    @SuppressWarnings("NullAway.Init")
    protected Task() {}

    /** A new task, open and of version 1. */
    Task(UUID id, String owner, TaskContent content, Instant now) {
        this.id = id;
        this.owner = owner;
        this.title = content.title();
        this.description = content.description();
        this.due = due(content);
        this.priority = content.priority();
        this.tags = List.copyOf(content.tags());
        this.status = TaskStatus.OPEN.toString();
        this.version = 1;
        this.createdAt = now;
        this.updatedAt = now;
    }

    private static LocalDate due(TaskContent content) {
        return content.due() == null ? NEVER : LocalDate.parse(content.due());
    }

    /** Takes another content; false if it is the one that it has. */
    boolean change(TaskContent content, Instant now) {
        if (content.equals(content())) {
            return false;
        }
        title = content.title();
        description = content.description();
        due = due(content);
        priority = content.priority();
        tags = List.copyOf(content.tags());
        changed(now);
        return true;
    }

    /** Becomes completed, or open again; false if it is that already. */
    boolean become(TaskStatus other, Instant now) {
        if (status.equals(other.toString())) {
            return false;
        }
        status = other.toString();
        completedAt = other == TaskStatus.COMPLETED ? now : null;
        changed(now);
        return true;
    }

    private void changed(Instant now) {
        version++;
        updatedAt = now;
    }

    TaskContent content() {
        return new TaskContent(title, description, due.equals(NEVER) ? null : due.toString(), priority, tags);
    }

    UUID id() {
        return id;
    }

    long seq() {
        return seq;
    }

    String owner() {
        return owner;
    }

    LocalDate due() {
        return due;
    }

    Priority priority() {
        return priority;
    }

    TaskStatus status() {
        return TaskStatus.of(status).orElseThrow();
    }

    long version() {
        return version;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    @Nullable Instant completedAt() {
        return completedAt;
    }
}
