package io.sluice.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircleTest {

    /** Of equal discs one radius apart, both have 2π/3 - √3/2 of the square of the radius in common. */
    @ParameterizedTest
    @CsvSource({"0, 10, 314.159", "20, 10, 0", "25, 10, 0", "5, 4, 50.265", "10, 10, 122.837"})
    void overlapIsTheAreaOfBoth(double apart, double radius, double area) {
        // Given
        Circle one = new Circle(0, 0, 10, 1);
        Circle other = new Circle(apart, 0, radius, 1);

        // Then
        assertThat(one.overlap(other)).isCloseTo(area, within(0.001));
        assertThat(other.overlap(one)).isCloseTo(area, within(0.001));
    }
}
