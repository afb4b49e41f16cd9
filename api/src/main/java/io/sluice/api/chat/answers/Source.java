package io.sluice.api.chat.answers;

import io.sluice.api.search.FoundPassage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document that an answer rests on.
 *
 * @param number 1, 2, …, by which the text of the answer refers to it, as {@code [1]}
 * @param documentVersion of the document when it was found
 * @param passageId never used again, not even for the same passage of the same bytes
 * @param page from 1 on, or {@code null} where there are no pages
 * @param heading what stands over it, or {@code null}
 * @param quote word for word as it stands in the document: a sentence, or the passage that a language model was given
 * @param score of its passage: the higher, the better it fits; to be compared within one answer alone
 */
public record Source(
        int number,
        UUID documentId,
        String documentName,
        long documentVersion,
        long passageId,
        @Nullable Integer page,
        @Nullable String heading,
        String quote,
        double score) {

    static Source of(int number, FoundPassage passage, String quote) {
        return new Source(
                number,
                passage.documentId(),
                passage.documentName(),
                passage.documentVersion(),
                passage.id(),
                passage.page(),
                passage.heading(),
                quote,
                passage.score());
    }
}
