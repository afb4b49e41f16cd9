package io.sluice.local;

import org.jspecify.annotations.Nullable;

/** A start that failed; the message is meant for the person who started it and needs no stack trace. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message of the failure and its remedy, in sentences. */
    public StartFailure(String message) {
        super(message);
    }

    /** With a message of the failure and its remedy, in sentences, and the cause, if any. */
    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
