package io.sluice.api.chat.generative;

/** Tells that a language model gives no answer, or not all of it. */
public final class NotWrittenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FallbackReason reason;

    NotWrittenException(FallbackReason reason) {
        // An outcome, not a fault: a stack trace would only cost.
        super("No answer was written: " + reason, null, false, false);
        this.reason = reason;
    }

    /** Reason of it. */
    public FallbackReason reason() {
        return reason;
    }
}
