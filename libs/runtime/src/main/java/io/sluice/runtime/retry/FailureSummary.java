package io.sluice.runtime.retry;

import java.sql.SQLException;

/** Summarizes a failure in one line, for health and logs. */
public final class FailureSummary {

    private static final int LONGEST = 200;

    private FailureSummary() {}

    /** The first line of the innermost message, preceded by its SQLSTATE if it has one. */
    public static String of(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause.getMessage() == null ? innermost : cause;
        }
        String state =
                innermost instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() + " " : "";
        String message = innermost.getMessage() == null
                ? innermost.getClass().getSimpleName()
                : innermost.getMessage().lines().findFirst().orElse("");
        String reason = state + message;
        return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
    }
}
