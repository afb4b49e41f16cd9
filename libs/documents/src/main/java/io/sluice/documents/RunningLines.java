package io.sluice.documents;

import java.util.ArrayList;
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

    private List<PdfLine> before = List.of();

    /**
     * Parts the lines of a page.
     *
     * @param next lines of the next page; empty if this is the last one
     * @param running gets those that are seen for the first time
     * @return the lines that are none, in their order
     */
    List<PdfLine> body(List<PdfLine> page, List<PdfLine> next, List<PdfLine> running) {
        List<PdfLine> margin = page.stream().filter(PdfLine::inMargin).toList();
        List<PdfLine> marginOfNext = next.stream().filter(PdfLine::inMargin).toList();
        List<PdfLine> body = new ArrayList<>();
        for (PdfLine line : page) {
            if (!line.inMargin()) {
                body.add(line);
            } else if (!isRepeated(line, before)
                    && !isNumbered(line, before, -1)
                    && !isNumbered(line, marginOfNext, 1)) {
                (isRepeated(line, marginOfNext) ? running : body).add(line);
            }
        }
        before = margin;
        return body;
    }

    private static boolean isRepeated(PdfLine line, List<PdfLine> others) {
        return others.stream().anyMatch(other -> other.text().equals(line.text()) && other.isAtPlaceOf(line));
    }

    /** Whether a line is the number of a page, since another page has the next one, or the one before. Its place moves with its digits. */
    private static boolean isNumbered(PdfLine line, List<PdfLine> others, int step) {
        int number = number(line);
        return number >= 0
                && others.stream()
                        .anyMatch(other ->
                                number(other) == number + step && Math.abs(other.baseline() - line.baseline()) < 1);
    }

    private static int number(PdfLine line) {
        Matcher matcher = PAGE_NUMBER.matcher(line.text());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -10;
    }
}
