package io.sluice.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Level and format of log records, and the file that they are written to beside the console. */
public final class LogSettings {

    private final String level;
    private final boolean json;
    private final Optional<LogFile> file;

    /** Reads them. */
    public LogSettings(Environment environment) {
        level = environment.text(Setting.LOG_LEVEL).toUpperCase(Locale.ROOT);
        json = environment.text(Setting.LOG_FORMAT).equalsIgnoreCase("json");
        file = environment.optional(Setting.LOG_FILE).map(LogFile::parse);
    }

    /** Level from which on log records are written, in upper case. */
    public String level() {
        return level;
    }

    /** True if log records are written as JSON. */
    public boolean json() {
        return json;
    }

    /**
     * File that records are written to as well; empty where it is the console alone.
     *
     * @param program its name
     * @param pod name of the pod that it runs in
     */
    public Optional<Path> file(String program, String pod) {
        return file.map(where -> where.of(program, pod));
    }
}
