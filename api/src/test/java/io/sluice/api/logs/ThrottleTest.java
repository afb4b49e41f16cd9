package io.sluice.api.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final Throttle throttle = new Throttle(nanoTime::get);

    @Test
    void oneLineInTenSecondsPassesAndSaysForHowManyItStands() {
        assertThat(throttle.pass()).isEqualTo(1);
        assertThat(throttle.pass()).isZero();

        nanoTime.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(throttle.pass()).isZero();

        nanoTime.addAndGet(1);
        assertThat(throttle.pass()).isEqualTo(3);
        assertThat(throttle.pass()).isZero();
    }
}
