package io.sluice.contract;

/** Reason for which a record is on {@link Topic#DEAD_LETTERS}. */
public enum DeadLetterReason {
    /** The record is not an event; see {@link EventCodec#decode}. */
    UNDECODABLE("undecodable"),
    /** The record's value is larger than a payload may be. */
    TOO_LARGE("too-large"),
    /** Its id is stored already, with another {@link Fingerprint}. */
    IDEMPOTENCY_CONFLICT("idempotency-conflict"),
    /** PostgreSQL refuses it whenever it comes alone, with a state that does not pass by itself. */
    REJECTED_BY_DATABASE("rejected-by-database"),
    /** Nobody but its writer knows: it was put on {@link Topic#DEAD_LETTERS} by something else than Sluice. */
    FOREIGN("foreign");

    private final String code;

    DeadLetterReason(String code) {
        this.code = code;
    }

    /** The stable name, on records, in the table and in the api. */
    public String code() {
        return code;
    }
}
