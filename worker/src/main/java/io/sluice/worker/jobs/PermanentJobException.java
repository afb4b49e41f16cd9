package io.sluice.worker.jobs;

/** The job cannot be done, however often it is tried: its subject is at fault. */
public final class PermanentJobException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * The subject is at fault.
     *
     * @param reason a sentence for the owner of the subject
     */
    public PermanentJobException(String reason) {
        super(reason);
    }
}
