package io.sluice.api.chat.openai;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param content a text, or a list of parts that are texts; {@code null} for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CompletionMessage(@NotNull Role role, @Nullable JsonNode content) {

    /** Whoever says it. */
    enum Role {
        SYSTEM,
        DEVELOPER,
        USER,
        ASSISTANT;

        /** Name in JSON. */
        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the text.
     *
     * @param pointer to this message
     * @param violations get what is no text
     */
    String text(String pointer, Violations violations) {
        if (content == null || content.isNull()) {
            return "";
        }
        if (content.isTextual()) {
            return content.textValue();
        }
        String place = pointer + "/content";
        if (!content.isArray()) {
            violations.add(Violation.at(place, "must be a text, or an array of parts of the type text"));
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.path(i);
            if (part.path("type").asText().equals("text") && part.path("text").isTextual()) {
                text.append(text.isEmpty() ? "" : "\n").append(part.path("text").textValue());
            } else {
                violations.add(Violation.at(place + "/" + i, "must be a part of the type text, with its text"));
            }
        }
        return text.toString();
    }
}
