package io.sluice.consumer.progress;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** How each of the program's loops gets on. */
@Singleton
public class Loops {

    private final Map<Loop, Progress> progress = new EnumMap<>(Loop.class);

    /** By the system clock. */
    @Inject
    public Loops() {
        this(System::nanoTime);
    }

    /** With a clock of its own, as {@link System#nanoTime()}. */
    public Loops(LongSupplier nanoTime) {
        for (Loop loop : Loop.values()) {
            progress.put(loop, new Progress(nanoTime));
        }
    }

    /** The progress of one of them. */
    public Progress of(Loop loop) {
        return Objects.requireNonNull(progress.get(loop));
    }
}
