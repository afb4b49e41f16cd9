package io.sluice.api.http.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;

/**
 * A JSON Merge Patch: members that it has replace those of the same name, and {@code null} removes one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396, JSON Merge Patch</a>
 */
public final class MergePatch {

    private final ObjectNode patch;
    private final JsonBodies bodies;

    MergePatch(ObjectNode patch, JsonBodies bodies) {
        this.patch = patch;
        this.bodies = bodies;
    }

    /**
     * The record that the patch makes of this one.
     *
     * @throws ProblemException {@link ProblemCode#INVALID_REQUEST} with each constraint that the result would break
     */
    public <B> B applyTo(B current, Class<B> type) {
        ObjectNode patched = bodies.json(current);
        merge(patched, patch);
        return bodies.parse(bodies.bytes(patched), type);
    }

    /** Merges objects as section 2 of the RFC has it, but that a removed member is {@code null}: one that no record has is refused, too. */
    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value instanceof ObjectNode object) {
                ObjectNode merged = target.get(member.getKey()) instanceof ObjectNode present
                        ? present
                        : JsonNodeFactory.instance.objectNode();
                merge(merged, object);
                target.set(member.getKey(), merged);
            } else {
                target.set(member.getKey(), value);
            }
        });
    }
}
