package io.sluice.api.documents;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of documents: one line for people, which never serves as a path. */
final class DocumentName {

    /** Longest name, in code points. */
    static final int MAX_LENGTH = 200;

    /** Control characters, halves of surrogate pairs, marks that turn the direction in which others are shown, and ends of lines. */
    private static final String INVISIBLE_CHARACTERS =
            "\\p{Cc}\\p{Cs}\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\u2028\\u2029\\ufffe\\uffff";

    /** Characters of a name that is given as such. */
    static final String ALLOWED = "[^/\\\\" + INVISIBLE_CHARACTERS + "]*";

    /** Folders that some clients send along. */
    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);

    private static final Pattern INVISIBLE = Pattern.compile("[" + INVISIBLE_CHARACTERS + "]");

    private DocumentName() {}

    /** Makes a name of what a client says, or of the type where nothing is left of that. */
    static String of(@Nullable String said, DocumentType type) {
        return Optional.ofNullable(said).flatMap(DocumentName::clean).orElseGet(() -> "document." + type.extension());
    }

    /** Makes a name of what a client says; empty if nothing is left of that. */
    static Optional<String> clean(String said) {
        String name = FOLDERS.matcher(said).replaceFirst("");
        name = INVISIBLE
                .matcher(Normalizer.normalize(name, Normalizer.Form.NFC))
                .replaceAll("");
        int length = Math.min(MAX_LENGTH, name.codePointCount(0, name.length()));
        return Optional.of(name.substring(0, name.offsetByCodePoints(0, length)).strip())
                .filter(left -> !left.isEmpty());
    }
}
