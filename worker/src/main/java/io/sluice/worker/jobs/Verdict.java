package io.sluice.worker.jobs;

import io.sluice.runtime.database.SqlFailure;
import io.sluice.runtime.retry.FailureSummary;
import java.sql.SQLException;

/**
 * What an attempt's failure means for its job.
 *
 * @param kind of the failure
 * @param reason for operators, on one line
 */
record Verdict(Kind kind, String reason) {

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
        if (failure instanceof PermanentJobException) {
            return new Verdict(Kind.PERMANENT, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof OutageException outage) {
            return new Verdict(Kind.OUTAGE, String.valueOf(outage.getMessage()));
        }
        Kind kind = isOfDatabase(failure)
                ? switch (SqlFailure.of(failure)) {
                    case TRANSIENT, CONFLICT -> Kind.OUTAGE;
                    case PERMANENT, IN_DOUBT -> Kind.FAILURE;
                }
                : Kind.FAILURE;
        return new Verdict(kind, FailureSummary.of(failure));
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
