package io.sluice.runtime.logs;

import io.quarkus.logging.LoggingFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Filter of duplicate log lines: the connector, which tries again every few seconds, says one thing once a minute at most. Console and file
 * share it, so it is asked twice about one record.
 */
@LoggingFilter(name = "duplicates")
public final class DuplicateLogFilter implements Filter {

    private static final String CONNECTOR = "io.smallrye.reactive.messaging";
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int REMEMBERED = 100;

    /** Record by which each line was last let through, the oldest first; guarded by this. */
    private final Map<String, Said> said = new LinkedHashMap<>();

    private record Said(long record, Instant at) {}

    @Override
    public synchronized boolean isLoggable(LogRecord record) {
        if (!String.valueOf(record.getLoggerName()).startsWith(CONNECTOR)) {
            return true;
        }
        String line = record.getMessage() + Arrays.toString(record.getParameters());
        Said last = said.get(line);
        if (last != null && record.getInstant().isBefore(last.at().plus(QUIET))) {
            return last.record() == record.getSequenceNumber();
        }
        said.remove(line);
        said.put(line, new Said(record.getSequenceNumber(), record.getInstant()));
        if (said.size() > REMEMBERED) {
            said.remove(said.keySet().iterator().next());
        }
        return true;
    }
}
