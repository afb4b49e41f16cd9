package io.sluice.api.chat.sessions;

import io.sluice.api.chat.answers.Source;
import io.sluice.api.chat.generative.Exchange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question of a session, and the answer to it.
 *
 * @param number 1, 2, …, as they were asked
 * @param answer {@code null} where a document that it rests on is gone, or may not be read any more
 * @param found false if the documents did not answer the question
 * @param mode how the answer was made
 * @param sources those that are still there
 */
record Turn(
        int number,
        String question,
        @Nullable String answer,
        boolean found,
        String mode,
        List<Source> sources,
        Instant createdAt) {

    /** Question and answer; empty where the answer is gone. */
    Optional<Exchange> exchange() {
        return Optional.ofNullable(answer).map(said -> new Exchange(question, said));
    }
}
