package io.sluice.documents;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds headers, footers and page numbers, which would stand in the middle of sentences that go on over pages: lines in the margin that a
 * neighbouring page has at the same place. Their text has to be the same, so that each stands in the document's text once and nothing is lost but
 * page numbers; two lines that differ in a number may be two doses.
 */
final class RunningLines {

    private static final Pattern PAGE_NUMBER = Pattern.compile(
            "(?:page|seite|p\\.|s\\.|página|pagina)?\\s*[-–—|]?\\s*(\\d{1,4})\\s*[-–—|]?(?:\\s*(?:/|of|von|de|di|sur)\\s*\\d{1,4})?",
            Pattern.CASE_INSENSITIVE);

    /** Most lines that the margins of a page are compared by, each with each; a page of small print in columns has a hundred. */
    private static final int MAX_LINES = 200;

    private List<MarginLine> before = List.of();

    /**
     * A line in a margin.
     *
     * @param number of a page, if the line is one; else a negative one
     */
    private record MarginLine(PdfLine line, int number) {

        static MarginLine of(PdfLine line) {
            Matcher matcher = PAGE_NUMBER.matcher(line.text());
            return new MarginLine(line, matcher.matches() ? Integer.parseInt(matcher.group(1)) : -10);
        }

        boolean isRepeatedIn(List<MarginLine> others) {
            return others.stream()
                    .anyMatch(other -> other.line.text().equals(line.text()) && other.line.isAtPlaceOf(line));
        }

        /** True if the line is the number of a page, since another page has the next one, or the one before. Its place moves with its digits. */
        boolean isNumberedIn(List<MarginLine> others, int step) {
            return number >= 0
                    && others.stream()
                            .anyMatch(other -> other.number == number + step
                                    && Math.abs(other.line.baseline() - line.baseline()) < 1);
        }
    }

    /**
     * Parts the lines of a page.
     *
     * @param next lines of the next page; empty if this is the last one
     * @param running gets those that are seen for the first time
     * @return the lines that are none, in their order
     */
    List<PdfLine> body(List<PdfLine> page, List<PdfLine> next, List<PdfLine> running) {
        List<MarginLine> margin = margin(page);
        List<MarginLine> marginOfNext = margin(next);
        List<PdfLine> body = new ArrayList<>();
        Iterator<MarginLine> marginLines = margin.iterator();
        for (PdfLine line : page) {
            if (!line.inMargin() || !marginLines.hasNext()) {
                body.add(line);
                continue;
            }
            MarginLine inMargin = marginLines.next();
            if (!inMargin.isRepeatedIn(before)
                    && !inMargin.isNumberedIn(before, -1)
                    && !inMargin.isNumberedIn(marginOfNext, 1)) {
                (inMargin.isRepeatedIn(marginOfNext) ? running : body).add(line);
            }
        }
        before = margin;
        return body;
    }

    /** The lines in the margins of a page; none of a page that has more than headers and footers there. */
    private static List<MarginLine> margin(List<PdfLine> page) {
        List<PdfLine> margin =
                page.stream().filter(PdfLine::inMargin).limit(MAX_LINES + 1L).toList();
        return margin.size() > MAX_LINES
                ? List.of()
                : margin.stream().map(MarginLine::of).toList();
    }
}
