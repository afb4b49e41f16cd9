package io.sluice.benchmarks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.imaging.Circle;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingTest {

    private static final Rectangle2D BOX = new Rectangle2D.Double(10, 10, 20, 20);

    @Test
    void aCircleIsMatchedOnce() {
        // When
        Matching matching = Matching.of(List.of(new Circle(20, 20, 9, 1), new Circle(20, 20, 10, 1)), List.of(BOX));

        // Then
        assertThat(matching.matched()).isEqualTo(1);
        assertThat(matching.extra()).isEqualTo(1);
        assertThat(matching.missed()).isZero();
        assertThat(matching.radiusErrors()).singleElement().isEqualTo(0.0);
        assertThat(matching.isExactCount()).isFalse();
    }

    @Test
    void whatOverlapsLessThanHalfIsAnotherThing() {
        // When
        Matching matching = Matching.of(List.of(new Circle(20, 20, 7, 1)), List.of(BOX));

        // Then
        assertThat(matching.matched()).isZero();
        assertThat(matching.extra()).isEqualTo(1);
        assertThat(matching.missed()).isEqualTo(1);
        assertThat(matching.isExactCount()).isTrue();
    }

    @Test
    void theErrorOfTheRadiusIsRelative() {
        assertThat(Matching.of(List.of(new Circle(20, 20, 9, 1)), List.of(BOX)).radiusErrors())
                .singleElement()
                .satisfies(error -> assertThat(error).isCloseTo(0.1, within(1e-9)));
    }
}
