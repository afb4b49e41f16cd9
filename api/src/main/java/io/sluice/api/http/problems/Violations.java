package io.sluice.api.http.problems;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request, so that the client is told all of it at once; of very many violations, the first. */
public final class Violations {

    private static final int MAX_TOLD = 20;

    private final List<Violation> told = new ArrayList<>();
    private int found;

    /** Adds one. */
    public void add(Violation violation) {
        found++;
        if (found <= MAX_TOLD) {
            told.add(violation);
        }
    }

    /**
     * Ends the request if there are any.
     *
     * @throws ProblemException {@link ProblemCode#INVALID_REQUEST}
     */
    public void refuse() {
        if (found > 0) {
            throw problem();
        }
    }

    /** The problem that the client is answered with. */
    public ProblemException problem() {
        return ProblemException.invalid(detail(), told);
    }

    private String detail() {
        if (found == 1) {
            return "The request breaks one rule; see violations.";
        }
        return found == told.size()
                ? "The request breaks " + found + " rules; see violations."
                : "The request breaks " + found + " rules; see violations for the first " + told.size() + ".";
    }
}
