package io.sluice.api.messages.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPositionTest {

    private static final Uuid TOPIC = Uuid.fromString("8GcO2CrhTTqHYRZ0d5FvkA");

    @Test
    void of200PartitionsWith500TrillionEventsEachItHas2KiBAtMost() {
        long[] offsets = new long[200];
        Arrays.fill(offsets, 500_000_000_000_000L);

        assertThat(new StreamPosition(TOPIC, offsets).encode()).hasSizeLessThanOrEqualTo(2 << 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 200, 10_000})
    void itsTextIsReadAsThePositionThatItWas(int partitions) {
        // Given
        long[] offsets = IntStream.range(0, partitions)
                .mapToLong(partition -> Long.MAX_VALUE >>> partition % 64)
                .toArray();

        // When
        StreamPosition read = StreamPosition.decode(new StreamPosition(TOPIC, offsets).encode())
                .orElseThrow();

        // Then
        assertThat(read.topicId()).isEqualTo(TOPIC);
        assertThat(read.partitions()).isEqualTo(partitions);
        assertThat(IntStream.range(0, partitions).mapToLong(read::next))
                .containsExactly(Arrays.stream(offsets).boxed().toArray(Long[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "AQ", "8GcO2CrhTTqHYRZ0d5FvkA", "!", "AfBnDtgq4U06h2EWdHeRb5AA", "AvBnDtgq4U06h2EWdHeRb5ABAA"
            })
    void whatIsNoPositionIsTakenForNone(String text) {
        assertThat(StreamPosition.decode(text)).isEmpty();
    }
}
