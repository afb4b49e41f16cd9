package io.sluice.worker.jobs;

/** Something that the job needs is away, as storage or a model server; the job is not at fault. */
public final class OutageException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * It is away.
     *
     * @param reason what is away, and what it said, in a sentence for operators and for the owner of the subject
     */
    public OutageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
