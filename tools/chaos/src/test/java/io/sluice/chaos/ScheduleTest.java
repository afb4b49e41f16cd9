package io.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(15);

    @Test
    void followsFromSeedAndDuration() {
        assertThat(Schedule.of(7, LONG)).isEqualTo(Schedule.of(7, LONG));
        assertThat(Schedule.of(7, LONG)).isNotEqualTo(Schedule.of(8, LONG));
        assertThat(Schedule.of(7, SHORT)).isNotEqualTo(Schedule.of(7, LONG));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 1_000_000})
    void meetsEachFaultOnceBeforeAnyComesAgain(long seed) {
        // Given
        List<String> all = Arrays.stream(FaultType.values())
                .flatMap(type -> type.targets().stream().map(target -> type + " " + target))
                .toList();

        // When
        List<String> round = Schedule.of(seed, LONG).stream()
                .limit(all.size())
                .map(fault -> fault.type() + " " + fault.target())
                .toList();

        // Then
        assertThat(round).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 1_000_000})
    void beginsWithEachKindOnceOnTargetsSpreadWide(long seed) {
        // Given
        int types = FaultType.values().length;

        // When
        List<Fault> beginning = Schedule.of(seed, SHORT).stream().limit(types).toList();

        // Then
        assertThat(beginning).extracting(Fault::type).containsExactlyInAnyOrder(FaultType.values());
        assertThat(beginning.stream().map(Fault::target).distinct()).hasSizeGreaterThanOrEqualTo(types - 2);
    }

    @Test
    void hasFaultsThatOutlastSessionsAndHeartbeatsOnlyWhereThereIsTime() {
        // Given
        Duration session = Duration.ofSeconds(14);

        // Then
        assertThat(Schedule.of(1, SHORT)).allMatch(fault -> fault.length().compareTo(session) < 0);
        assertThat(Schedule.of(1, LONG)).anyMatch(fault -> fault.length().compareTo(session) > 0);
    }

    @Test
    void breaksProcessesAndNetworksEachInItsWay() {
        assertThat(Schedule.of(1, LONG)).allMatch(fault -> fault.type().appliesTo(fault.target()));
        assertThat(FaultType.KILL.targets())
                .containsExactly(
                        Target.API_1,
                        Target.API_2,
                        Target.CONSUMER_1,
                        Target.CONSUMER_2,
                        Target.WORKER_1,
                        Target.WORKER_2,
                        Target.KAFKA,
                        Target.POSTGRESQL);
        assertThat(FaultType.CUT.targets()).isEqualTo(Target.links());
    }
}
