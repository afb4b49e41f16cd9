package io.sluice.worker.jobs;

/**
 * The subject of the job may be at fault, or what was under way beside it: tried again, alone, as after every failure. If no try succeeds the owner is
 * told of the subject.
 */
public final class SuspectJobException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String told;

    /**
     * The subject may be at fault.
     *
     * @param reason for operators, without anything of the subject in it
     * @param code as of {@link JobFailure}
     * @param told a sentence for the owner of the subject
     */
    public SuspectJobException(String reason, String code, String told) {
        super(reason);
        this.code = code;
        this.told = told;
    }

    /** Failure that the owner of the subject is told in the end. */
    JobFailure failure() {
        return new JobFailure(code, told);
    }
}
