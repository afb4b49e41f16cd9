package io.sluice.documents;

import java.util.List;
import java.util.OptionalInt;

/**
 * A piece of a document that is found, and quoted, as a whole. Sentences stand as in the document, parted by a space, or by a line feed where a
 * paragraph, a row of a table or an item of a list ends; white space is not kept otherwise.
 *
 * @param ordinal place in the document, from 0 on and without gaps
 * @param page page on which it begins, from 1 on; empty for formats without pages
 * @param headings headings above it, the outermost first, at most {@link #MAX_HEADINGS_LENGTH} characters together: the outer ones are left
 *     out first. The first passage below a heading begins with the heading, so that texts of passages are the whole document.
 * @param text not empty, without control characters, at most {@link #MAX_LENGTH} characters
 */
public record Passage(int ordinal, OptionalInt page, List<String> headings, String text) {

    /** Longest text of a passage, in UTF-16 code units. */
    public static final int MAX_LENGTH = 1_500;

    /** Longest headings of a passage together, in UTF-16 code units. */
    public static final int MAX_HEADINGS_LENGTH = 240;

    public Passage {
        headings = List.copyOf(headings);
    }
}
