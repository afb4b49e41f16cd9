package io.sluice.settings;

import java.util.List;

/** One or more settings are wrong. The message names each of them and its remedy, a line each, and no secret. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSettingsException(List<String> violations) {
        super("The configuration is wrong:\n  " + String.join("\n  ", violations));
    }
}
