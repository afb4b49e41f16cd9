package io.sluice.api.chat.sessions;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sluice.api.chat.answers.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of a session, and the answer to it.
 *
 * @param number 1, 2, …, as they were asked
 * @param topic the question with what it leaves to those before it
 * @param answer {@code null} where a document that it rests on is gone, or may not be read any more
 * @param found false if the documents did not answer the question
 * @param mode how the answer was made
 * @param sources those that are still there
 */
record Turn(
        int number,
        String question,
        @JsonIgnore String topic,
        @Nullable String answer,
        boolean found,
        String mode,
        List<Source> sources,
        Instant createdAt) {}
