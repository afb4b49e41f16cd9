package io.sluice.api.documents;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of documents: one line for people, which never serves as a path. */
final class DocumentName {

    /** In code points. */
    static final int MAX_LENGTH = 200;

    /** Characters of a name that is given as such. */
    static final String ALLOWED = "[^\\p{Cc}\\p{Cs}/\\\\]*";

    /** Folders that some clients send along. */
    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);

    /** Control characters, halves of surrogate pairs, and what turns the direction in which others are shown. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cc}\\p{Cs}\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\u2028\\u2029\\ufffe\\uffff]");

    private DocumentName() {}

    /** Makes a name of what a client says, or of the type where nothing is left of that. */
    static String of(@Nullable String said, DocumentType type) {
        String name = said == null ? "" : clean(said);
        return name.isEmpty() ? "document." + type.extension() : name;
    }

    private static String clean(String said) {
        String name = FOLDERS.matcher(said).replaceFirst("");
        name = INVISIBLE
                .matcher(Normalizer.normalize(name, Normalizer.Form.NFC))
                .replaceAll("");
        int length = Math.min(MAX_LENGTH, name.codePointCount(0, name.length()));
        return name.substring(0, name.offsetByCodePoints(0, length)).strip();
    }
}
