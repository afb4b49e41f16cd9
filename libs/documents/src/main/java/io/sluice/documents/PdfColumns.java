package io.sluice.documents;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the lines of two columns one behind the other where a file has them row by row, across the space between the columns. Rows of a table look
 * alike, and have to stay together: their cells are short, or begin with what begins a sentence.
 */
final class PdfColumns {

    /** Least rows of two columns beside each other. */
    private static final int MIN_ROWS = 4;

    /** Least words of most lines of a column. */
    private static final int MIN_WORDS = 4;

    private final List<PdfLine> ordered = new ArrayList<>();
    private final List<PdfLine> left = new ArrayList<>();
    private final List<PdfLine> right = new ArrayList<>();

    /** The rows of the run under way, as they came. */
    private final List<List<PdfLine>> run = new ArrayList<>();

    /** Right edge of the left column, and below the left edge of the right one, so far. */
    private float end;

    private float begin = Float.MAX_VALUE;

    private PdfColumns() {}

    /**
     * Lines in the order in which they are read.
     *
     * @param rows parts of each line between which there is a wide space
     */
    static List<PdfLine> inReadingOrder(List<List<PdfLine>> rows) {
        PdfColumns columns = new PdfColumns();
        rows.forEach(columns::add);
        columns.endRun();
        return List.copyOf(columns.ordered);
    }

    private void add(List<PdfLine> row) {
        if (!goesOn(row)) {
            endRun();
        }
        run.add(row);
        if (row.size() == 2) {
            end = Math.max(end, row.get(0).right());
            begin = Math.min(begin, row.get(1).left());
        }
    }

    /** True if a row lies below the run, and in its columns. */
    private boolean goesOn(List<PdfLine> row) {
        if (run.isEmpty()) {
            return true;
        }
        // Only where two parts stand beside each other is it known where columns are.
        if (begin == Float.MAX_VALUE
                || row.get(0).baseline() <= run.get(run.size() - 1).get(0).baseline()) {
            return false;
        }
        return switch (row.size()) {
            case 1 -> row.get(0).right() < begin || row.get(0).left() > end;
            case 2 ->
                Math.max(end, row.get(0).right()) < Math.min(begin, row.get(1).left());
            default -> false;
        };
    }

    private void endRun() {
        for (List<PdfLine> row : run) {
            for (PdfLine part : row) {
                (part.left() < begin ? left : right).add(part);
            }
        }
        long beside = run.stream().filter(row -> row.size() == 2).count();
        if (beside >= MIN_ROWS && isText(left) && isText(right)) {
            ordered.addAll(left);
            ordered.addAll(right);
        } else {
            run.forEach(row -> ordered.add(PdfLine.joined(row)));
        }
        run.clear();
        left.clear();
        right.clear();
        end = 0;
        begin = Float.MAX_VALUE;
    }

    /** True if most lines are of some words, and go on in the middle of a sentence. */
    private static boolean isText(List<PdfLine> column) {
        long going = column.stream()
                .filter(line -> Words.count(line.text()) >= MIN_WORDS
                        && Character.isLowerCase(line.text().codePointAt(0)))
                .count();
        return 2 * going > column.size();
    }
}
