package io.sluice.api.messages.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Readers that join the tail, or have to wait. */
class TailBufferTest {

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private final Uuid topicId = Uuid.randomUuid();
    private final TailBuffer tail = new TailBuffer(at(5, 5), TailBuffer.MAX_BYTES);

    @Test
    void whoIsAsFarAsTheTailJoins() {
        assertThat(tail.join(at(5, 5), unread -> false)).isZero();
    }

    @Test
    void whoIsBehindWhatIsHereDoesNot() {
        assertThat(tail.join(at(5, 4), read -> true)).isNegative();
    }

    @Test
    void whoIsAheadWaitsUntilTheTailHasPassedBecauseTheTopicMayEndBefore() {
        assertThat(tail.join(at(5, 7), partition -> partition == FIRST)).isNegative();

        tail.reached(SECOND, 7);

        assertThat(tail.join(at(5, 7), unread -> false)).isZero();
    }

    @Test
    void whoIsAheadByWhatItHasReadItselfJoinsAtOnce() {
        assertThat(tail.join(at(5, 7), partition -> partition == SECOND)).isZero();
    }

    private StreamPosition at(long first, long second) {
        return new StreamPosition(topicId, new long[] {first, second});
    }
}
