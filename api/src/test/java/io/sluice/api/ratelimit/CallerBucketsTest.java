package io.sluice.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallerBucketsTest {

    private long now;

    private final CallerBuckets buckets = new CallerBuckets(10, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    });

    private boolean takes(String caller) {
        return buckets.take(caller).isConsumed();
    }

    private void takeAll(String caller) {
        for (int i = 0; i < 10; i++) {
            assertThat(takes(caller)).as("request %d", i).isTrue();
        }
    }

    @Test
    void aCallerHasTheRequestsOfASecondAtOnceAndNotOneMore() {
        takeAll("a");

        assertThat(takes("a")).isFalse();
    }

    @Test
    void oneCallerTakesNothingFromAnother() {
        takeAll("a");

        assertThat(takes("b")).isTrue();
    }

    @Test
    void requestsComeBackEvenly() {
        // Given
        takeAll("a");

        // When
        now += Duration.ofMillis(100).toNanos();

        // Then
        assertThat(takes("a")).isTrue();
        assertThat(takes("a")).isFalse();
    }

    @Test
    void thereAreNeverMoreThanThoseOfASecond() {
        // Given
        takeAll("a");

        // When
        now += Duration.ofHours(1).toNanos();

        // Then
        takeAll("a");
        assertThat(takes("a")).isFalse();
    }

    @Test
    void whatIsLeftAndHowLongItTakesIsTold() {
        ConsumptionProbe first = buckets.take("a");
        assertThat(first.getRemainingTokens()).isEqualTo(9);
        assertThat(first.getNanosToWaitForReset())
                .isEqualTo(Duration.ofMillis(100).toNanos());

        for (int i = 1; i < 10; i++) {
            takes("a");
        }
        assertThat(buckets.take("a").getNanosToWaitForRefill())
                .isEqualTo(Duration.ofMillis(100).toNanos());
    }
}
