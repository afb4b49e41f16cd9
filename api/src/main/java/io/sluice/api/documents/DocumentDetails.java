package io.sluice.api.documents;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * Name and visibility of a document, which its owner decides, and which a patch changes. The constraints stand here alone.
 *
 * @param name one line, and no path
 */
record DocumentDetails(
        @NotBlank @CodePointLength(max = DocumentName.MAX_LENGTH)
                @Pattern(
                        regexp = DocumentName.ALLOWED,
                        message =
                                "must have no /, no \\\\, no control characters, no marks of direction and no half of a surrogate pair")
                String name,
        @NotNull Visibility visibility) {

    static final int MAX_BODY_BYTES = 4 << 10;
}
