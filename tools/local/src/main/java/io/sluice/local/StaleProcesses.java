package io.sluice.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Processes that a killed run may have left running in a folder. */
record StaleProcesses(Path home, ProgressListener progress) {
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** The servers end after the programs that use them. */
    private static final List<String> LAST = List.of("Kafka", "PostgreSQL");

    /** Stops them; requires the folder's lock. */
    void clear() {
        RunState.stale(home).stream()
                .sorted(Comparator.comparingInt(process -> LAST.indexOf(process.name())))
                .forEach(this::stop);
    }

    private void stop(RecordedProcess process) {
        process.living().ifPresent(living -> {
            progress.stale(process.name(), process.pid());
            signal(process.name()).end(living, GRACE);
        });
    }

    private static Signal signal(String name) {
        return name.equals("PostgreSQL") ? Signal.INTERRUPT : Signal.TERMINATE;
    }
}
