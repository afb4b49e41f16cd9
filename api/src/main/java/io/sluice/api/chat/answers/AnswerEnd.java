package io.sluice.api.chat.answers;

import io.sluice.api.http.problems.ProblemCode;
import io.smallrye.mutiny.Uni;

/** What is done with an answer whose text is whole, before its client is told so. */
@FunctionalInterface
public interface AnswerEnd {

    /**
     * Does it.
     *
     * @return fails with {@link ProblemCode#SOURCE_REMOVED} if a source is not there any more, or may not be read
     */
    Uni<AnswerPart.Done> of(Opening opening, String text);
}
