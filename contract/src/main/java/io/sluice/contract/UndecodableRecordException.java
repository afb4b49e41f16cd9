package io.sluice.contract;

/** A record that is not an event as {@link EventCodec} writes them. The message says why and quotes nothing of it. */
public final class UndecodableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    UndecodableRecordException(String message) {
        super(message);
    }
}
