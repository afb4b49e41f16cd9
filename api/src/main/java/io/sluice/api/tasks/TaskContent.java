package io.sluice.api.tasks;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import org.hibernate.validator.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;

/**
 * Content of a task, which its owner decides: the body of POST and PUT, and what a patch changes. The constraints stand here alone; a test compares
 * the OpenAPI document with them.
 *
 * @param title one line
 * @param description lines, or {@code null}
 * @param due a date, or {@code null}
 * @param priority {@link Priority#NORMAL} unless it is given
 * @param tags in the order in which they were given
 */
record TaskContent(
        @NotBlank @CodePointLength(max = 200) @Pattern(regexp = LINE, message = LINE_REMEDY) String title,
        @Nullable @CodePointLength(max = 4_000) @Pattern(regexp = LINES, message = LINES_REMEDY) String description,
        @Nullable @DueDate String due,
        Priority priority,
        @Size(max = 20) @UniqueElements
                List<@NotBlank @CodePointLength(max = 50) @Pattern(regexp = LINE, message = LINE_REMEDY) String> tags) {

    /** Larger than the largest one, however it is escaped. */
    static final int MAX_BODY_BYTES = 64 << 10;

    /** PostgreSQL takes no U+0000, and UTF-8 has no half of a surrogate pair. */
    private static final String LINE = "[^\\p{Cc}\\p{Cs}]*";

    private static final String LINES = "[[^\\p{Cc}\\p{Cs}]\\t\\n\\r]*";

    private static final String LINE_REMEDY = "must have no control characters, and no half of a surrogate pair";

    private static final String LINES_REMEDY =
            "must have no control characters but tab and line breaks, and no half of a surrogate pair";

    /** Makes one, with what is not given. */
    @SuppressWarnings("NullAway") // Jackson gives null for what the body does not have.
    TaskContent {
        priority = priority == null ? Priority.NORMAL : priority;
        tags = tags == null ? List.of() : tags;
    }
}
