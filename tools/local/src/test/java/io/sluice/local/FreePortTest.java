package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void aPortThatIsNotUsedYetIsNotFoundAgain() {
        Stream<Integer> moreThanABlock = IntStream.range(0, 150).mapToObj(i -> FreePort.find());

        assertThat(moreThanABlock).doesNotHaveDuplicates();
    }

    @Test
    void aBlockOfPortsIsNobodyElsesUntilItIsGivenBack() {
        int low = FreePort.find();
        int high = low + 100;

        try (PortBlock block = PortBlock.take(low, high)) {
            assertThat(block.next()).isBetween(low + 1, high - 1);
            assertThatThrownBy(() -> PortBlock.take(low, high))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("between %d and %d", low, high - 1);
        }
        PortBlock.take(low, high).close();
    }
}
