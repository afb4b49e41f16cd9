package io.sluice.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLineTest {

    private final Logger log = Logger.getLogger("log-line-test");
    private final List<ExtLogRecord> written = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord written) {
            LogLineTest.this.written.add(ExtLogRecord.wrap(written));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        log.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        MDC.remove("caller");
        log.removeHandler(handler);
    }

    @Test
    void itsNameIsTheMessageAndItsFieldsStandBesideIt() {
        // When
        LogLine.of("glass-full").with("litres", 0.3).with("colour", null).write(log, Level.WARN);

        // Then
        assertThat(written).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getLoggerName()).isEqualTo("log-line-test");
            assertThat(line.getMessage()).isEqualTo("glass-full");
            assertThat(line.getMdc("litres")).isEqualTo("0.3");
            assertThat(line.getMdcCopy()).containsOnlyKeys("litres");
            assertThat(line.getNdc()).isEqualTo(" litres=0.3");
        });
    }

    @Test
    void anEventIsNamedByItsIdItsKeyAndItsTrace() {
        // Given
        Event event = Events.with()
                .key("k")
                .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .payload("\"secret\"")
                .build();

        // When
        LogLine.of("glass-full").about(event).write(log, Level.INFO);

        // Then
        assertThat(written).singleElement().satisfies(line -> assertThat(line.getNdc())
                .isEqualTo(" eventId=%s key=k caller=anonymous traceId=0af7651916cd43dd8448eb211c80319c"
                        .formatted(event.id())));
    }

    @Test
    void aLineAboutARequestSaysWhoseItIs() {
        // Given
        MDC.put("caller", "https://login.example.com/alice");

        // When
        LogLine.of("glass-full").with("code", "x").write(log, Level.INFO);
        LogLine.of("glass-full").with("caller", "bob").write(log, Level.INFO);

        // Then
        assertThat(written)
                .map(ExtLogRecord::getNdc)
                .containsExactly(" code=x caller=https://login.example.com/alice", " caller=bob");
    }

    @Test
    void aValueCannotPassForAFieldOrALine() {
        // When
        LogLine.of("glass-full").with("key", "k\u2028\n level=\"FATAL\"").write(log, Level.INFO);

        // Then
        assertThat(written).singleElement().satisfies(line -> assertThat(line.getNdc())
                .isEqualTo(" key=\"k   level=\\\"FATAL\\\"\""));
    }

    @Test
    void whatIsNotLoggedIsNotWritten() {
        LogLine.of("glass-full").write(log, Level.DEBUG);

        assertThat(written).isEmpty();
    }
}
