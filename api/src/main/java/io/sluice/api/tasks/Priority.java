package io.sluice.api.tasks;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a task matters. The order is the column's: others go to the end. */
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
