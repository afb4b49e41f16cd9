package io.sluice.consumer.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final Repeats repeats = new Repeats();

    @Test
    void theConnectorSaysOneThingOnceAMinute() {
        assertThat(repeats.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 0)))
                .isTrue();
        assertThat(repeats.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 5)))
                .isFalse();
        assertThat(repeats.isLoggable(line("io.smallrye.reactive.messaging.kafka", "something else", 5)))
                .isTrue();
        assertThat(repeats.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 59)))
                .isFalse();
        assertThat(repeats.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 60)))
                .isTrue();
        assertThat(repeats.isLoggable(line("io.smallrye.reactive.messaging.kafka", "refused", 61)))
                .isFalse();
    }

    @Test
    void othersSayWhatTheyLike() {
        assertThat(repeats.isLoggable(line("io.sluice.consumer", "waiting", 0))).isTrue();
        assertThat(repeats.isLoggable(line("io.sluice.consumer", "waiting", 0))).isTrue();
    }

    private static LogRecord line(String logger, String message, int seconds) {
        LogRecord line = new LogRecord(Level.WARNING, "it says %s");
        line.setParameters(new Object[] {message});
        line.setLoggerName(logger);
        line.setInstant(START.plusSeconds(seconds));
        return line;
    }
}
