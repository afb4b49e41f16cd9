package io.sluice.local;

import org.jspecify.annotations.Nullable;

/** Something could not be started; the message is meant for the person who started it and needs no stack trace. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened and what helps, in sentences. */
    public StartFailure(String message) {
        super(message);
    }

    /** Says what happened and what helps, in sentences, and what was thrown, if anything was. */
    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
