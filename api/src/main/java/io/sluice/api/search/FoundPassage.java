package io.sluice.api.search;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passage that was found.
 *
 * @param id never used again, not even for the same passage of the same bytes
 * @param documentVersion of the document when it was found
 * @param ordinal 1, 2, …, as the passages stand in the document
 * @param page from 1 on, or {@code null} where there are no pages
 * @param heading what stands over it, or {@code null}
 * @param score the higher, the better it fits; to be compared within one answer alone
 */
public record FoundPassage(
        long id,
        UUID documentId,
        String documentName,
        long documentVersion,
        int ordinal,
        @Nullable Integer page,
        @Nullable String heading,
        String text,
        double score) {}
