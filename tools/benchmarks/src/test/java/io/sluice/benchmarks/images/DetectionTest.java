package io.sluice.benchmarks.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.benchmarks.images.RenderedImages.Condition;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Images of other seeds than those of the benchmark, and fewer. */
class DetectionTest {

    private static final long SEED = 1;

    @Test
    void nearlyAllCirclesAreFoundAndNearlyNothingElse() {
        // When
        Detection detection = Detection.in("with circles", rendered(true, 3));

        // Then
        assertThat(detection.circles()).isGreaterThan(80);
        assertThat(detection.f1()).isGreaterThanOrEqualTo(0.97);
        assertThat(detection.radiusError()).isLessThanOrEqualTo(0.02);
    }

    @Test
    void nothingIsFoundWhereThereIsNothing() {
        // When
        Detection detection = Detection.in("empty", rendered(false, 3));

        // Then
        assertThat(detection.images()).isGreaterThan(10);
        assertThat(detection.exactCounts()).isEqualTo(1);
    }

    private static Stream<LabelledImage> rendered(boolean withDiscs, int each) {
        return Stream.of(Condition.values())
                .filter(condition -> condition.hasDiscs() == withDiscs)
                .flatMap(condition -> RenderedImages.of(condition, each, SEED));
    }
}
