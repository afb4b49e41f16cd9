package io.sluice.worker.jobs;

import io.sluice.runtime.database.SqlFailure;
import io.sluice.runtime.retry.FailureSummary;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Judgement of an attempt's failure, which decides on its job.
 *
 * @param kind of the failure
 * @param reason for operators, on one line
 * @param failure what the owner of the subject is told, where that is at fault; else {@code null}
 */
record Verdict(Kind kind, String reason, @Nullable JobFailure failure) {

    /** Kind of a failure. */
    enum Kind {
        /** The subject is at fault: no retry helps. */
        PERMANENT,
        /** The program or the subject may be at fault: retried a few times. */
        FAILURE,
        /** Something else is away: retried until it is back. */
        OUTAGE
    }

    /** Judges a failure. */
    static Verdict of(Throwable failure) {
        if (failure instanceof PermanentJobException permanent) {
            return new Verdict(Kind.PERMANENT, String.valueOf(failure.getMessage()), permanent.failure());
        }
        if (failure instanceof OutageException outage) {
            return new Verdict(Kind.OUTAGE, String.valueOf(outage.getMessage()), null);
        }
        if (failure instanceof SuspectJobException suspect) {
            return new Verdict(Kind.FAILURE, String.valueOf(suspect.getMessage()), suspect.failure());
        }
        Kind kind = isOfDatabase(failure)
                ? switch (SqlFailure.of(failure)) {
                    case TRANSIENT, CONFLICT -> Kind.OUTAGE;
                    case PERMANENT, IN_DOUBT -> Kind.FAILURE;
                }
                : Kind.FAILURE;
        return new Verdict(kind, FailureSummary.of(failure), null);
    }

    /** Failure that the owner of the subject is told when the job is given up after this many failures. */
    JobFailure told(int failures) {
        return failure != null
                ? failure
                : new JobFailure(
                        JobFailure.INTERNAL_ERROR,
                        "It failed %d times by a fault that the worker's log tells.".formatted(failures));
    }

    private static boolean isOfDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }
}
