package io.sluice.api.http.body;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.sluice.api.http.problems.Violation;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Violations of bodies that are JSON, and not of the types that a record has. */
final class BindingViolations {

    private static final String WHOLE = "must be a whole number from %d to %d";
    private static final String INT = WHOLE.formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final String LONG = WHOLE.formatted(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final String BOOLEAN = "must be true or false";

    private static final Map<Class<?>, String> REMEDIES = Map.of(
            String.class, "must be a string",
            boolean.class, BOOLEAN,
            Boolean.class, BOOLEAN,
            int.class, INT,
            Integer.class, INT,
            long.class, LONG,
            Long.class, LONG,
            UUID.class, "must be a UUID, as in 01a1fcf7-fe39-7a06-8bcd-fa7cc8bc6f8d",
            Instant.class, "must be a time in UTC, as in 2026-11-27T23:00:00Z");

    private BindingViolations() {}

    /** The violation that Jackson has stopped at. */
    static Violation of(JsonProcessingException e) {
        if (e instanceof MismatchedInputException mismatch) {
            return Violation.at(JsonPointers.of(mismatch.getPath()), remedy(mismatch.getTargetType()));
        }
        Throwable cause = e instanceof JsonMappingException ? e.getCause() : e;
        if (cause instanceof InputCoercionException coercion) {
            return Violation.at(JsonPointers.of(coercion), remedy(coercion.getTargetType()));
        }
        if (cause instanceof JsonParseException twice) {
            // It is well-formed: what is left is a name that stands twice in one object.
            return Violation.at(JsonPointers.of(twice), "stands twice; leave one of them out");
        }
        return Violation.inBody("is not valid");
    }

    private static String remedy(@Nullable Class<?> type) {
        if (type == null) {
            return "is not valid";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Stream.of(type.getEnumConstants()).map(String::valueOf).collect(joining(", "));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be an array";
        }
        return REMEDIES.getOrDefault(type, type.isRecord() ? "must be an object" : "is not valid");
    }
}
