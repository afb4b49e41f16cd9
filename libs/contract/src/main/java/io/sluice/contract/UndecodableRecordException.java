package io.sluice.contract;

/** A record that is not an event as {@link EventCodec} writes them. The message says why and quotes nothing of it. */
public final class UndecodableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    UndecodableRecordException(String message) {
        this(DeadLetterReason.UNDECODABLE, message);
    }

    UndecodableRecordException(DeadLetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Reason for which the record becomes a dead letter. */
    public DeadLetterReason reason() {
        return reason;
    }
}
