package io.sluice.documents;

import java.util.List;
import java.util.TreeMap;

/**
 * Right margins of the columns of a page, where lines end that have no room for another word.
 *
 * @param rights the furthest right ends of lines, by where the lines begin, in points
 */
record PdfMargins(TreeMap<Integer, Float> rights) {

    /** Lines that begin so near to each other, in points, are in one column. */
    private static final int SAME_COLUMN = 40;

    /** Narrowest column whose lines are wrapped ones; narrower ones are cells, or a list. */
    private static final float MIN_WIDTH = 120;

    /** Farthest from the edge, in points, that a line is told from others: pages are at most 14,400 wide. */
    private static final int FAR = 1_000_000;

    /** The margins of a page with these lines. */
    static PdfMargins of(List<PdfLine> lines) {
        TreeMap<Integer, Float> rights = new TreeMap<>();
        lines.forEach(line -> rights.merge(left(line), line.right(), Math::max));
        return new PdfMargins(rights);
    }

    private static int left(PdfLine line) {
        return Math.max(-FAR, Math.min(FAR, Math.round(line.left())));
    }

    /**
     * Tells that a line of the page goes on in the next one: the next one's first word had no room in it, or begins with a small letter below a
     * long line. Takes the same time however many lines there are.
     */
    boolean isFull(PdfLine line, PdfLine next) {
        float margin = line.right();
        int left = left(line);
        for (float right : rights.subMap(left - SAME_COLUMN, false, left + SAME_COLUMN, false)
                .values()) {
            margin = Math.max(margin, right);
        }
        float space = line.size() / 4;
        float width = margin - line.left();
        boolean noRoom = line.right() + space + next.firstWord() > margin;
        boolean goesOn =
                Character.isLowerCase(next.text().codePointAt(0)) && line.right() - line.left() > width * 2 / 3;
        return width >= MIN_WIDTH && (noRoom || goesOn);
    }
}
