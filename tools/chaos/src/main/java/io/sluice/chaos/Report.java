package io.sluice.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The result of a run.
 *
 * @param seed of the faults
 * @param duration of the faults
 * @param rate events a second
 * @param keys number of keys
 * @param incidents the faults, in their order
 * @param acknowledged number of events answered with 202
 * @param changes number of changes of tasks that were acknowledged
 * @param images number of images that were accepted
 * @param stored number of rows, of all these
 * @param retries number of repeated attempts, by reason
 * @param seconds the events of each second of the run
 * @param violations of the promise; none if it holds
 */
record Report(
        long seed,
        Duration duration,
        int rate,
        int keys,
        List<Incident> incidents,
        int acknowledged,
        int changes,
        int images,
        int stored,
        Map<String, Integer> retries,
        Seconds seconds,
        List<Violation> violations) {

    /** Counts by second since the run began; where there is none it is 0. */
    record Seconds(Map<Integer, Integer> acknowledged, Map<Integer, Integer> retried, Map<Integer, Integer> stored) {}

    boolean promiseHolds() {
        return violations.isEmpty();
    }

    Map<FaultType, Long> faultsByType() {
        return incidents.stream()
                .collect(Collectors.groupingBy(it -> it.fault().type(), TreeMap::new, Collectors.counting()));
    }

    Optional<Incident> slowest() {
        return incidents.stream().max(Comparator.comparingDouble(Incident::recovery));
    }

    Map<Violation.Rule, Long> violationsByRule() {
        return violations.stream().collect(Collectors.groupingBy(Violation::rule, TreeMap::new, Collectors.counting()));
    }
}
