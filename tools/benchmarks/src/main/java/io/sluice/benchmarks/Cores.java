package io.sluice.benchmarks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Measures the processor cores that processes use between start and stop. */
final class Cores {

    private final Supplier<Map<String, ProcessHandle>> processes;
    private final Map<String, Duration> used = new LinkedHashMap<>();
    private long nanos;

    /**
     * @param processes the current processes by name; queried at both ends
     */
    Cores(Supplier<Map<String, ProcessHandle>> processes) {
        this.processes = processes;
    }

    /** Some time that is of interest. */
    final class Watch {

        private final Map<String, Duration> before = now();
        private final long start = System.nanoTime();

        /** Adds what the processes have used since this began. */
        void end() {
            nanos += System.nanoTime() - start;
            now().forEach((name, after) ->
                    used.merge(name, after.minus(before.getOrDefault(name, Duration.ZERO)), Duration::plus));
        }
    }

    Watch watch() {
        return new Watch();
    }

    /** The cores used on average. */
    Map<String, Double> average() {
        Map<String, Double> average = new LinkedHashMap<>();
        used.forEach((name, time) -> average.put(name, (double) time.toNanos() / nanos));
        return average;
    }

    private Map<String, Duration> now() {
        Map<String, Duration> now = new LinkedHashMap<>();
        processes.get().forEach((name, process) -> now.put(name, cpuTime(process)));
        return now;
    }

    /** Includes descendants, as PostgreSQL starts a process for each connection, but not those of this process. */
    private static Duration cpuTime(ProcessHandle process) {
        boolean self = process.equals(ProcessHandle.current());
        return Stream.concat(Stream.of(process), self ? Stream.empty() : process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
