package io.sluice.local;

import org.jspecify.annotations.Nullable;

/** A start that failed; the message is meant for the person who started it and needs no stack trace. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure with a message that has its remedy, in sentences. */
    public StartFailure(String message) {
        super(message);
    }

    /** A failure with a message that has its remedy, in sentences, and the cause, if any. */
    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
