package io.sluice.api.images;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.EventId;
import java.util.Optional;
import java.util.UUID;

/** The id of an image in a path. */
final class ImageId {

    private ImageId() {}

    /**
     * Reads it, the last of what there is to be read of a request.
     *
     * @param violations those of the request so far
     * @throws ProblemException with every violation
     */
    static UUID parse(String text, Violations violations) {
        Optional<UUID> id = EventId.parse(text);
        if (id.isEmpty()) {
            violations.add(Violation.inPath("id", "must be the id of an image: a UUID, as it was answered"));
        }
        violations.refuse();
        return id.orElseThrow();
    }
}
