package io.sluice.consumer.progress;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** The progress of each loop. */
@Singleton
public class BatchProgressRegistry {

    private final Map<Loop, BatchProgress> progress = new EnumMap<>(Loop.class);

    /** A registry with the system's clock. */
    @Inject
    public BatchProgressRegistry() {
        this(System::nanoTime);
    }

    /** A registry with another clock, as {@link System#nanoTime()}. */
    public BatchProgressRegistry(LongSupplier nanoTime) {
        for (Loop loop : Loop.values()) {
            progress.put(loop, new BatchProgress(nanoTime));
        }
    }

    /** The progress of a loop. */
    public BatchProgress of(Loop loop) {
        return Objects.requireNonNull(progress.get(loop));
    }
}
