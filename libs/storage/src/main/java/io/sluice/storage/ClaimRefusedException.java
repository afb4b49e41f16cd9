package io.sluice.storage;

/** Storage belongs to another database, or may do so; nothing of it was changed. */
public final class ClaimRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Kinds of refusal. */
    public enum Reason {
        /** Storage has the claim of another installation. */
        FOREIGN(
                "storage belongs to another installation; give this one a directory, or a prefix in the bucket, of its own"),
        /** Storage was used by a later state of the database, or by a copy of it. */
        AHEAD("storage was used by a later state or a copy of this database; see the guide to backup and restore"),
        /** The database has claimed a storage, and this one has no claim. */
        MISSING("storage is not the one that this database has used; see the guide to backup and restore"),
        /** The database is a copy, as a restore makes it; the other one may be in use. */
        RESTORED("this database was restored or copied; see the guide to backup and restore");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    /** Refusal for this reason. */
    public ClaimRefusedException(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    /** Kind of the refusal. */
    public Reason reason() {
        return reason;
    }
}
