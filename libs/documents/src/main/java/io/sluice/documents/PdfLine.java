package io.sluice.documents;

/**
 * A line of a page as it is printed. Lengths are in points.
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
