package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(List.of(9.0, 1.0, 4.0), 4, 1, 9));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(8.0, 1.0, 3.0, 4.0)).median()).isEqualTo(3.5);
    }

    @Test
    void ratiosAreOfTheSameRound() {
        // Given two contenders of which one is always half as fast, on a machine that gets slower
        Spread fast = Spread.of(List.of(100.0, 60.0, 20.0));
        Spread slow = Spread.of(List.of(50.0, 30.0, 10.0));

        // When
        Spread ratio = slow.dividedBy(fast);

        // Then
        assertThat(ratio.median()).isEqualTo(0.5, within(1e-9));
        assertThat(ratio.most() - ratio.least()).isEqualTo(0, within(1e-9));
    }

    @Test
    void nothingHasNoMedianAndUnequalRoundsNoRatio() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Spread.of(List.of(1.0)).dividedBy(Spread.of(List.of(1.0, 2.0))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
