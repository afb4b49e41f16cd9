package io.sluice.worker.retrieval;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request: a question that passages are to be ranked for.
 *
 * @param question not blank, without U+0000
 * @param caller name of who asks, in full, as the owner of documents
 * @param documents in which is looked, among those that the caller can read; all of them if empty
 * @param limit number of passages, at most
 */
record Question(String question, String caller, List<UUID> documents, int limit) {

    /** Size of the largest body that the api sends: a question of 2,000 characters, each escaped, and 100 documents. */
    static final int MAX_BODY_BYTES = 32 << 10;

    static final int MAX_LIMIT = 200;

    private static final int MAX_DOCUMENTS = 100;

    private static final ObjectReader JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .readerFor(Body.class);

    private record Body(
            @JsonProperty(required = true) @Nullable String question,
            @JsonProperty(required = true) @Nullable String caller,
            @Nullable List<@Nullable UUID> documents,
            @JsonProperty(required = true) int limit) {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; says what is wrong, and quotes nothing
     */
    static Question read(byte[] json) {
        Body body;
        try {
            body = JSON.readValue(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The body must be a JSON object with question, caller, limit and perhaps documents.");
        }
        if (body == null) {
            throw new IllegalArgumentException("The body must not be null.");
        }
        return new Question(
                text("question", body.question),
                text("caller", body.caller),
                documents(body.documents),
                limit(body.limit));
    }

    private static String text(String member, @Nullable String text) {
        if (text == null || text.isBlank() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(member + " must be a text that is not blank, without U+0000.");
        }
        return text;
    }

    private static List<UUID> documents(@Nullable List<@Nullable UUID> documents) {
        if (documents == null) {
            return List.of();
        }
        if (documents.size() > MAX_DOCUMENTS || documents.contains(null)) {
            throw new IllegalArgumentException("documents must be at most %d ids.".formatted(MAX_DOCUMENTS));
        }
        return List.copyOf(documents);
    }

    private static int limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to %d.".formatted(MAX_LIMIT));
        }
        return limit;
    }
}
