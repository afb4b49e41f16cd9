package io.sluice.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class DuplicateLogFilterTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final DuplicateLogFilter filter = new DuplicateLogFilter();

    @Test
    void theConnectorSaysOneThingOnceAMinute() {
        assertThat(filter.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 0)))
                .isTrue();
        assertThat(filter.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 5)))
                .isFalse();
        assertThat(filter.isLoggable(line("io.smallrye.reactive.messaging.kafka", "something else", 5)))
                .isTrue();
        assertThat(filter.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 59)))
                .isFalse();
        assertThat(filter.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 60)))
                .isTrue();
        assertThat(filter.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 61)))
                .isFalse();
    }

    @Test
    void othersSayWhatTheyLike() {
        assertThat(filter.isLoggable(line("io.sluice.consumer", "waiting", 0))).isTrue();
        assertThat(filter.isLoggable(line("io.sluice.consumer", "waiting", 0))).isTrue();
    }

    @Test
    void consoleAndFileHaveTheSameLines() {
        LogRecord first = line("io.smallrye.reactive.messaging.kafka", "refused", 0);
        LogRecord second = line("io.smallrye.reactive.messaging.kafka", "refused", 5);

        assertThat(filter.isLoggable(first)).isTrue();
        assertThat(filter.isLoggable(first)).isTrue();
        assertThat(filter.isLoggable(second)).isFalse();
        assertThat(filter.isLoggable(second)).isFalse();
    }

    private static LogRecord line(String logger, String message, int seconds) {
        LogRecord line = new LogRecord(Level.WARNING, "it says %s");
        line.setParameters(new Object[] {message});
        line.setLoggerName(logger);
        line.setInstant(START.plusSeconds(seconds));
        return line;
    }
}
