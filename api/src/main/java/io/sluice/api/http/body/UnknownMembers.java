package io.sluice.api.http.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes note of members that a record does not have, and goes on: the client is told of all of them at once. */
final class UnknownMembers extends DeserializationProblemHandler {

    private final Violations violations;

    UnknownMembers(Violations violations) {
        this.violations = violations;
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            @Nullable JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name)
            throws IOException {
        violations.add(Violation.at(parser.getParsingContext().pathAsPointer().toString(), remedy(deserializer)));
        parser.skipChildren();
        return true;
    }

    private static String remedy(@Nullable JsonDeserializer<?> deserializer) {
        return deserializer == null || deserializer.getKnownPropertyNames() == null
                ? "is unknown"
                : "is unknown; known are "
                        + deserializer.getKnownPropertyNames().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "));
    }
}
