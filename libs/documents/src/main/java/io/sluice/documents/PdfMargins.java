package io.sluice.documents;

import java.util.List;

/** Where the lines of a page end that have no room for another word. */
record PdfMargins(List<PdfLine> lines) {

    /** Lines that begin so near to each other, in points, are in one column. */
    private static final float SAME_COLUMN = 40;

    /** Narrowest column whose lines are wrapped ones; narrower ones are cells, or a list. */
    private static final float MIN_WIDTH = 120;

    /** Whether a line goes on in the next one: the next one's first word had no room in it, or begins with a small letter below a long line. */
    boolean isFull(PdfLine line, PdfLine next) {
        float margin = line.right();
        for (PdfLine other : lines) {
            if (Math.abs(other.left() - line.left()) < SAME_COLUMN) {
                margin = Math.max(margin, other.right());
            }
        }
        float space = line.size() / 4;
        float width = margin - line.left();
        boolean noRoom = line.right() + space + next.firstWord() > margin;
        boolean goesOn =
                Character.isLowerCase(next.text().codePointAt(0)) && line.right() - line.left() > width * 2 / 3;
        return width >= MIN_WIDTH && (noRoom || goesOn);
    }
}
