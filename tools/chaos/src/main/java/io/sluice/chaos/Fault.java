package io.sluice.chaos;

import java.time.Duration;

/**
 * Something that is broken for a while.
 *
 * @param length from when it is broken to when it is mended; a process takes its time to start after that
 */
record Fault(FaultType type, Target target, Duration length) {

    @Override
    public String toString() {
        return "%s of %s for %.1f s".formatted(type.label(), target.label(), length.toMillis() / 1e3);
    }
}
