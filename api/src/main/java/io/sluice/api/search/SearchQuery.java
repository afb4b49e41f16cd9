package io.sluice.api.search;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.hibernate.validator.constraints.CodePointLength;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/**
 * Body of a search. The constraints stand here alone; a test compares the OpenAPI document with them.
 *
 * @param query a question, or words
 * @param limit number of passages, at most
 * @param documents in which is looked, or {@code null} for all
 */
record SearchQuery(
        @NotBlank @CodePointLength(max = 2_000) @Pattern(regexp = LINES, message = LINES_REMEDY) String query,
        @Range(min = 1, max = 50) Integer limit,
        @Nullable @Size(min = 1, max = 100) List<@NotNull UUID> documents) {

    /** Larger than the largest one, however it is escaped. */
    static final int MAX_BODY_BYTES = 32 << 10;

    private static final int DEFAULT_LIMIT = 10;

    /** PostgreSQL takes no U+0000, and UTF-8 has no half of a surrogate pair. */
    private static final String LINES = "[[^\\p{Cc}\\p{Cs}]\\t\\n\\r]*";

    private static final String LINES_REMEDY =
            "must have no control characters but tab and line breaks, and no half of a surrogate pair";

    /** Makes one, with what is not given. */
    @SuppressWarnings("NullAway") // Jackson gives null for what the body does not have.
    SearchQuery {
        limit = limit == null ? DEFAULT_LIMIT : limit;
    }
}
