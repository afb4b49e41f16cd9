package io.sluice.runtime.logs;

import io.quarkus.logging.LoggingFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Filter of duplicate log lines: the connector, which tries again every few seconds, says one thing once a minute at most. */
@LoggingFilter(name = "duplicates")
public final class DuplicateLogFilter implements Filter {

    private static final String CONNECTOR = "io.smallrye.reactive.messaging";
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int REMEMBERED = 100;

    /** Time at which each line was last let through, the oldest first; guarded by this. */
    private final Map<String, Instant> said = new LinkedHashMap<>();

    @Override
    public synchronized boolean isLoggable(LogRecord record) {
        if (!String.valueOf(record.getLoggerName()).startsWith(CONNECTOR)) {
            return true;
        }
        String line = record.getMessage() + Arrays.toString(record.getParameters());
        Instant last = said.get(line);
        if (last != null && record.getInstant().isBefore(last.plus(QUIET))) {
            return false;
        }
        said.remove(line);
        said.put(line, record.getInstant());
        if (said.size() > REMEMBERED) {
            said.remove(said.keySet().iterator().next());
        }
        return true;
    }
}
