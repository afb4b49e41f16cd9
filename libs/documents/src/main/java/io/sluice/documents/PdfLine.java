package io.sluice.documents;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a page as it is printed, or a part of one. Lengths are in points.
 *
 * @param text clean, not empty
 * @param left where it begins, from the left edge of the page
 * @param right where it ends
 * @param baseline from the upper edge
 * @param size of most of its letters
 * @param inMargin whether it is as far up or down as headers and footers are
 * @param beginsParagraph whether space or an indentation parts it from the line above
 */
record PdfLine(
        String text, float left, float right, float baseline, float size, boolean inMargin, boolean beginsParagraph) {

    /** A line of parts that stand beside each other. */
    static PdfLine joined(List<PdfLine> parts) {
        PdfLine first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        String text = parts.stream().map(PdfLine::text).collect(Collectors.joining(" "));
        float right = (float) parts.stream().mapToDouble(PdfLine::right).max().orElseThrow();
        PdfLine longest = Collections.max(
                parts, Comparator.comparingInt(part -> part.text().length()));
        return new PdfLine(
                text, first.left, right, first.baseline, longest.size, first.inMargin, first.beginsParagraph);
    }

    /** Width of its first word, about. */
    float firstWord() {
        int space = text.indexOf(' ');
        return space < 0 ? right - left : (right - left) * space / text.length();
    }

    /** True if it stands at the place of another page's line. */
    boolean isAtPlaceOf(PdfLine other) {
        return Math.abs(baseline - other.baseline) < 1 && Math.abs(left - other.left) < 1;
    }
}
