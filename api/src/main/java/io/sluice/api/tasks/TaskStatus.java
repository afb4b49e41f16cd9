package io.sluice.api.tasks;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** State of a task. */
enum TaskStatus {
    OPEN,
    COMPLETED;

    /** The status of this name. */
    static Optional<TaskStatus> of(String name) {
        return Stream.of(values())
                .filter(status -> status.toString().equals(name))
                .findFirst();
    }

    /** The name in JSON, in the table and in events. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
