package io.sluice.runtime.logs;

import io.sluice.contract.Event;
import io.sluice.contract.Traceparent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.MDC;
import org.jspecify.annotations.Nullable;

/**
 * A structured log line: a fixed name of an occurrence, and fields that tell it from others of that name. In JSON the fields are
 * members of {@code mdc}; in text they follow the name. Nothing of a payload may be a field. {@code docs/guides/logging.md} lists
 * all names and fields.
 */
public final class LogLine {

    /** The field, also of lines that libraries write for a request, that says who has sent it. */
    public static final String CALLER = "caller";

    private final String name;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private @Nullable Throwable failure;

    private LogLine(String name) {
        this.name = name;
    }

    /** A line of this name, in lower case with hyphens. */
    public static LogLine of(String name) {
        return new LogLine(name);
    }

    /** Adds a field; without a value it is left out. */
    public LogLine with(String field, @Nullable Object value) {
        if (value != null) {
            fields.put(field, value.toString());
        }
        return this;
    }

    /** Adds what identifies an event: {@code eventId}, {@code key}, {@code caller} and {@code traceId}. */
    public LogLine about(Event event) {
        String traceparent = event.traceparent();
        return with("eventId", event.id())
                .with("key", event.key())
                .with(CALLER, event.caller())
                .with("traceId", traceparent == null ? null : Traceparent.traceId(traceparent));
    }

    /** Adds a stack trace: for faults of ours, which nobody can mend without. */
    public LogLine because(Throwable failure) {
        this.failure = failure;
        return this;
    }

    /** Writes the line at WARN where the limiter lets it through, with the number it stands for in {@code count}; else at DEBUG. */
    public void write(Logger log, LogRateLimiter limiter) {
        long count = limiter.pass();
        if (count > 0) {
            with("count", count).write(log, Level.WARN);
        } else {
            write(log, Level.DEBUG);
        }
    }

    /** Writes the line, where the level is logged; a line about a request with a token says whose it is. */
    public void write(Logger log, Level level) {
        if (log.isLoggable(level)) {
            if (!fields.containsKey(CALLER)) {
                with(CALLER, MDC.get(CALLER));
            }
            log.log(record(log.getName(), level));
        }
    }

    private ExtLogRecord record(String logger, Level level) {
        ExtLogRecord record = new ExtLogRecord(level, name, FormatStyle.NO_FORMAT, LogLine.class.getName());
        record.setLoggerName(logger);
        record.setThrown(failure);
        fields.forEach(record::putMdc);
        // What the format for text prints with %x; the one for JSON leaves it out.
        record.setNdc(text());
        return record;
    }

    private String text() {
        return fields.entrySet().stream()
                .map(field -> " " + field.getKey() + "=" + quoted(field.getValue()))
                .collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return value.matches("[!#-<>-~]+")
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", " ") + '"';
    }
}
