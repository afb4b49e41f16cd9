package io.sluice.settings;

import java.util.Locale;

/** Level and format of log records. */
public final class LogSettings {

    private final String level;
    private final boolean json;

    /** Reads them. */
    public LogSettings(Environment environment) {
        level = environment.text(Setting.LOG_LEVEL).toUpperCase(Locale.ROOT);
        json = environment.text(Setting.LOG_FORMAT).equalsIgnoreCase("json");
    }

    /** Level from which on log records are written, in upper case. */
    public String level() {
        return level;
    }

    /** Whether log records are written as JSON. */
    public boolean json() {
        return json;
    }
}
