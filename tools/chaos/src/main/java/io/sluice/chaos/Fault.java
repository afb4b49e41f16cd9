package io.sluice.chaos;

import java.time.Duration;

/**
 * A fault of limited duration.
 *
 * @param type of the fault
 * @param target of the fault
 * @param length until it is healed; a process needs time to start after that
 */
record Fault(FaultType type, Target target, Duration length) {

    @Override
    public String toString() {
        return "%s of %s for %.1f s".formatted(type.label(), target.label(), length.toMillis() / 1e3);
    }
}
