package io.sluice.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process as a run has written it down: by its id and its start, since ids are used again. */
record RecordedProcess(long pid, Instant startedAt, String name) {
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (.*)");

    /** The kernel's start is counted from the boot, whose time of day shifts as the clock is corrected. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static RecordedProcess of(String name, ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return new RecordedProcess(process.pid(), start, name);
    }

    static Optional<RecordedProcess> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Instant start = Instant.ofEpochMilli(Long.parseLong(matcher.group(2)));
        return Optional.of(new RecordedProcess(Long.parseLong(matcher.group(1)), start, matcher.group(3)));
    }

    String line() {
        return "%d %d %s".formatted(pid, startedAt.toEpochMilli(), name);
    }

    /** The process, if it is still that one. */
    Optional<ProcessHandle> living() {
        return ProcessHandle.of(pid)
                .filter(process -> !ProcessExit.isOver(process))
                .filter(this::hasSameStart);
    }

    private boolean hasSameStart(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }
}
