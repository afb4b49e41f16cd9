package io.sluice.worker.jobs;

/** The job cannot be done, however often it is tried: its subject is at fault. */
public final class PermanentJobException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * The subject is at fault.
     *
     * @param code as of {@link JobFailure}
     * @param reason a sentence for the owner of the subject
     */
    public PermanentJobException(String code, String reason) {
        super(reason);
        this.code = code;
    }

    /** The same of a job whose owner is told no code. */
    public PermanentJobException(String reason) {
        this("unprocessable", reason);
    }

    /** Failure that the owner of the subject is told. */
    JobFailure failure() {
        return new JobFailure(code, String.valueOf(getMessage()));
    }
}
