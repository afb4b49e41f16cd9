package io.sluice.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The faults of a run, one at a time, because the promise covers single faults. The same seed and duration give the
 * same faults. Every beginning of the schedule is spread over types and targets, and each type meets each of its
 * targets before any pair is repeated.
 */
final class Schedule {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofSeconds(4);

    /** Longer than a consumer's session, and than a worker's heartbeat may be old: others take over, and it comes back. */
    private static final Duration LONG = Duration.ofSeconds(15);

    private static final Duration LONGEST = Duration.ofSeconds(18);

    /** Shorter runs have no time for long faults. */
    private static final Duration LONG_RUN = Duration.ofMinutes(5);

    private static final int ONE_IN = 5;

    private final Random random;
    private final boolean longFaults;
    private final List<Fault> faults = new ArrayList<>();

    private Schedule(long seed, boolean longFaults) {
        this.random = new Random(seed);
        this.longFaults = longFaults;
    }

    /** The faults of a run, more than it can get through. */
    static List<Fault> of(long seed, Duration run) {
        Schedule schedule = new Schedule(seed, run.compareTo(LONG_RUN) >= 0);
        while (schedule.faults.size() < run.toSeconds() / SHORTEST.toSeconds()) {
            schedule.addRound();
        }
        return List.copyOf(schedule.faults);
    }

    /** Adds each fault once, next the type, and of it the target, that was used least. */
    private void addRound() {
        List<Fault> left = new ArrayList<>(Arrays.stream(FaultType.values())
                .flatMap(type -> type.targets().stream().map(target -> new Fault(type, target, length())))
                .toList());
        Collections.shuffle(left, random);
        Map<FaultType, Integer> types = new EnumMap<>(FaultType.class);
        Map<Target, Integer> targets = new EnumMap<>(Target.class);
        while (!left.isEmpty()) {
            Fault next = Collections.min(
                    left,
                    Comparator.<Fault>comparingInt(fault -> types.getOrDefault(fault.type(), 0))
                            .thenComparingInt(fault -> targets.getOrDefault(fault.target(), 0)));
            left.remove(next);
            types.merge(next.type(), 1, Integer::sum);
            targets.merge(next.target(), 1, Integer::sum);
            faults.add(next);
        }
    }

    private Duration length() {
        return longFaults && random.nextInt(ONE_IN) == 0 ? between(LONG, LONGEST) : between(SHORTEST, SHORT);
    }

    private Duration between(Duration least, Duration most) {
        return least.plusMillis(random.nextInt(Math.toIntExact(most.minus(least).toMillis())));
    }
}
