package io.sluice.worker.jobs;

/**
 * The reason why a job is given up, for the owner of its subject.
 *
 * @param code stable name of the reason, in lower case with hyphens
 * @param sentence what is wrong, and the remedy if there is one
 */
public record JobFailure(String code, String sentence) {

    /** Code of a fault of the program, or of the subject that the program dies of. */
    static final String INTERNAL_ERROR = "internal-error";
}
