package io.sluice.api.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * Body of a question. The constraints stand here alone; a test compares the OpenAPI document with them.
 *
 * @param documents from which it is answered, or {@code null} for all
 * @param sessionId session in which it is asked, or {@code null} to begin one
 */
public record ChatQuestion(
        @NotBlank @CodePointLength(max = 2_000) @Pattern(regexp = LINES, message = LINES_REMEDY) String question,
        @Nullable @Size(min = 1, max = 100) List<@NotNull UUID> documents,
        @Nullable UUID sessionId) {

    /** Larger than the largest one, however it is escaped. */
    static final int MAX_BODY_BYTES = 32 << 10;

    /** PostgreSQL takes no U+0000, and UTF-8 has no half of a surrogate pair. */
    private static final String LINES = "[[^\\p{Cc}\\p{Cs}]\\t\\n\\r]*";

    private static final String LINES_REMEDY =
            "must have no control characters but tab and line breaks, and no half of a surrogate pair";
}
