package io.sluice.contract;

import java.util.Arrays;
import java.util.Optional;

/** Handlers of the consumer that a replay may call again: their effect of an event is the same however often they are called with it. */
public enum ReplayHandler {
    /** Keeps the history of tasks, a row for each version. */
    TASK_ACTIVITY("task-activity");

    private final String code;

    ReplayHandler(String code) {
        this.code = code;
    }

    /** Name for clients and in the table. */
    public String code() {
        return code;
    }

    /** The handler of a name; empty if there is none. */
    public static Optional<ReplayHandler> of(String code) {
        return Arrays.stream(values())
                .filter(handler -> handler.code.equals(code))
                .findFirst();
    }
}
