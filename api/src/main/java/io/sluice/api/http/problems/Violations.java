package io.sluice.api.http.problems;

import io.sluice.contract.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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

    /**
     * Reads the id in a path, the last of what there is to be read of a request.
     *
     * @param what it is the id of, as in {@code a task}
     * @throws ProblemException with every violation of the request
     */
    public UUID requireId(String text, String what) {
        Optional<UUID> id = EventId.parse(text);
        if (id.isEmpty()) {
            add(Violation.inPath("id", "must be the id of " + what + ": a UUID, as it was answered"));
        }
        refuse();
        return id.orElseThrow();
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
