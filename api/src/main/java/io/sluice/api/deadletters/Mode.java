package io.sluice.api.deadletters;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.DeadLetterReason;

/** The way in which a dead letter is sent again. */
enum Mode {
    /** The record that failed the last time, or the new event that was made of it; it can be stored once the cause is mended. */
    AS_IT_IS("redrive"),
    /** An event of the same content with another id. */
    AS_NEW("redrive-as-new");

    static final String PARAMETER = "as";

    private static final String REJECTED = DeadLetterReason.REJECTED_BY_DATABASE.code();

    private final String action;

    Mode(String action) {
        this.action = action;
    }

    /** The name in the table and in the api. */
    String action() {
        return action;
    }

    /** Reads the parameter. */
    static Mode parse(Query query, Violations violations) {
        String value = query.get(PARAMETER);
        if (value != null && !value.equals("new")) {
            violations.add(Violation.inQuery(PARAMETER, "must be new, or left out"));
        }
        return value == null ? AS_IT_IS : AS_NEW;
    }

    /** The one in which something that failed for this reason can be stored: as it is, it would fail for the others again. */
    static Mode of(String reason) {
        return reason.equals(REJECTED) ? AS_IT_IS : AS_NEW;
    }

    /** Condition of SQL on the column {@code reason}, which the reasons of this mode meet. */
    String condition() {
        return "reason " + (this == AS_IT_IS ? "=" : "<>") + " '" + REJECTED + "'";
    }

    /** The remedy for a request that asks for the other one. */
    String remedy(String reason) {
        return this == AS_IT_IS
                ? "what failed for the reason " + reason + " is redriven as it is: leave " + PARAMETER + "=new out"
                : "what failed for the reason " + reason + " can only be redriven as a new event: add " + PARAMETER
                        + "=new";
    }
}
