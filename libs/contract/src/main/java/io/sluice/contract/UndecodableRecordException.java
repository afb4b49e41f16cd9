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

    /** What the record is a dead letter for. */
    public DeadLetterReason reason() {
        return reason;
    }
}
