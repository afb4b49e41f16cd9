package io.sluice.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogRateLimiterTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final LogRateLimiter limiter = new LogRateLimiter(nanoTime::get);

    @Test
    void oneLineInTenSecondsPassesAndSaysForHowManyItStands() {
        assertThat(limiter.pass()).isEqualTo(1);
        assertThat(limiter.pass()).isZero();

        nanoTime.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(limiter.pass()).isZero();

        nanoTime.addAndGet(1);
        assertThat(limiter.pass()).isEqualTo(3);
        assertThat(limiter.pass()).isZero();
    }
}
