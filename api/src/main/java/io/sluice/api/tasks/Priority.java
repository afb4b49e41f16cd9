package io.sluice.api.tasks;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Priority of a task. The order is that of the column's values: others go to the end. */
enum Priority {
    LOW,
    NORMAL,
    HIGH;

    /** The name in JSON. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
