package io.sluice.api.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.EntityTransactions;
import io.sluice.api.http.headers.EntityTag;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.Caller;
import io.sluice.contract.EventId;
import io.sluice.contract.Fingerprint;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes, reads, changes and deletes tasks, each in one transaction with its event. Every method blocks, and throws {@link
 * DatabaseUnavailableException}.
 */
@Singleton
class TaskStore {

    private final EntityTransactions transactions;
    private final TaskRepository tasks;
    private final TaskEvents events;
    private final ObjectMapper mapper;
    private final Clock clock;

    TaskStore(
            EntityTransactions transactions,
            TaskRepository tasks,
            TaskEvents events,
            ObjectMapper mapper,
            Clock clock) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.events = events;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** PostgreSQL's precision, so that a task is the same when it is read. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Makes a task.
     *
     * @param idempotencyKey of the request, or {@code null}; the same content under the same key makes no other task, and gives what it
     *     was when it was made
     * @throws ProblemException {@link ProblemCode#IDEMPOTENCY_CONFLICT} if another content was sent under the key
     */
    TaskView create(Caller caller, TaskContent content, @Nullable String idempotencyKey) {
        return transactions.call(() -> {
            Task task = new Task(EventId.next(), caller.name(), content, now());
            if (idempotencyKey != null) {
                UUID key = EventId.ofIdempotencyKey(caller.name(), idempotencyKey);
                byte[] fingerprint = fingerprint(caller.name(), content);
                if (!TaskCreation.claim(key, task.id(), fingerprint, task.createdAt())) {
                    return TaskView.of(madeBefore(key, fingerprint, caller.name(), content));
                }
            }
            tasks.persist(task);
            events.add(TaskEvents.CREATED, task, caller.traceparent());
            return TaskView.of(task);
        });
    }

    private static Task madeBefore(UUID key, byte[] fingerprint, String owner, TaskContent content) {
        TaskCreation creation = TaskCreation.findById(key);
        if (creation == null) {
            throw new DatabaseUnavailableException("retention has deleted the row of the Idempotency-Key just now");
        }
        if (!Fingerprint.ofBytes(creation.fingerprint()).equals(Fingerprint.ofBytes(fingerprint))) {
            throw ProblemException.of(
                    ProblemCode.IDEMPOTENCY_CONFLICT,
                    "Another task was made for this Idempotency-Key; send this one with a new key.",
                    creation.taskId());
        }
        return new Task(creation.taskId(), owner, content, creation.createdAt());
    }

    private byte[] fingerprint(String owner, TaskContent content) {
        try {
            return Fingerprint.of(owner, "task", null, null, mapper.writeValueAsBytes(content))
                    .bytes();
        } catch (JsonProcessingException e) {
            throw new AssertionError("a record of texts is JSON", e);
        }
    }

    Optional<TaskView> find(Caller caller, UUID id) {
        return transactions.call(() -> tasks.find(id, caller.name()).map(TaskView::of));
    }

    /**
     * A page of a list.
     *
     * @param next where the following page begins, or {@code null} if there is none
     */
    record Page(List<TaskView> items, @Nullable Cursor next) {}

    Page page(Caller caller, TaskListQuery query) {
        return transactions.call(() -> {
            TaskRepository.Page page = tasks.page(caller.name(), query);
            return new Page(page.tasks().stream().map(TaskView::of).toList(), page.next());
        });
    }

    /**
     * Changes a task; a change that changes nothing makes no version, and no event.
     *
     * @param change makes the new content of the present one
     * @return empty if the caller has no such task
     * @throws ProblemException {@link ProblemCode#PRECONDITION_FAILED}, or as the change does
     */
    Optional<TaskView> change(
            Caller caller, UUID id, EntityTag.Condition condition, UnaryOperator<TaskContent> change) {
        return transactions.call(() -> tasks.findLocked(id, caller.name()).map(task -> {
            condition.require(tag(task));
            if (task.change(change.apply(task.content()), now())) {
                events.add(TaskEvents.UPDATED, task, caller.traceparent());
            }
            return TaskView.of(task);
        }));
    }

    /** Completes or reopens a task, as {@link #change}. */
    Optional<TaskView> become(TaskStatus status, Caller caller, UUID id, EntityTag.Condition condition) {
        return transactions.call(() -> tasks.findLocked(id, caller.name()).map(task -> {
            condition.require(tag(task));
            if (task.become(status, now())) {
                events.add(
                        switch (status) {
                            case COMPLETED -> TaskEvents.COMPLETED;
                            case OPEN -> TaskEvents.REOPENED;
                        },
                        task,
                        caller.traceparent());
            }
            return TaskView.of(task);
        }));
    }

    /** Deletes a task, and gives what it was; empty if the caller has no such task. */
    Optional<TaskView> delete(Caller caller, UUID id, EntityTag.Condition condition) {
        return transactions.call(() -> tasks.findLocked(id, caller.name()).map(task -> {
            condition.require(tag(task));
            tasks.delete(task);
            events.addDeleted(task, caller.traceparent());
            return TaskView.of(task);
        }));
    }

    private static EntityTag tag(Task task) {
        return new EntityTag(task.version());
    }
}
