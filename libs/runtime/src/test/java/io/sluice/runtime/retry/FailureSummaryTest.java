package io.sluice.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailureSummaryTest {

    @Test
    void isTheInnermostMessageThatSaysAnything() {
        assertThat(FailureSummary.of(new SQLException("outer", "08006", new IOException("Connection refused"))))
                .isEqualTo("Connection refused");
        assertThat(FailureSummary.of(new SQLException("Acquisition timeout", new TimeoutException())))
                .isEqualTo("Acquisition timeout");
        assertThat(FailureSummary.of(new TimeoutException())).isEqualTo("TimeoutException");
    }

    @Test
    void namesTheStateAndKeepsToOneShortLine() {
        assertThat(FailureSummary.of(new SQLException("FATAL: starting up\n  Detail: of no use", "57P03")))
                .isEqualTo("57P03 FATAL: starting up");
        assertThat(FailureSummary.of(new IOException("x".repeat(200)))).isEqualTo("x".repeat(200));
        assertThat(FailureSummary.of(new IOException("x".repeat(201)))).isEqualTo("x".repeat(200) + "…");
    }
}
