package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.jspecify.annotations.Nullable;

/**
 * The text of a PDF, page by page. One that opens without a password is read even if its permissions ask viewers not to copy text: these bind
 * nobody (whoever can open the file has its text), screen readers have to ignore them, and whoever uploads a document to have it found answers
 * for the right to do so.
 *
 * @param <E> what the taker of the text may throw
 */
final class PdfText<E extends Exception> {

    /** Most pages. */
    static final int MAX_PAGES = 5_000;

    /** Least size of the letters of headings, as a multiple of that of most letters. */
    private static final float HEADING_SIZE = 1.15f;

    private static final int MAX_HEADING_WORDS = 20;

    static {
        FontMappers.set(new BundledFonts());
    }

    private final Budget budget;
    private final TextSink<E> sink;
    private final GlyphSizes sizes = new GlyphSizes();
    private final RunningLines runningLines = new RunningLines();
    /** Running lines that wait for a paragraph's end, so that they tear none. */
    private final List<PdfLine> running = new ArrayList<>();

    /** Lines of the heading under way. */
    private final List<PdfLine> heading = new ArrayList<>();

    /** The last line of the paragraph under way, and the margins of its page. */
    private @Nullable PdfLine last;

    private PdfMargins lastMargins = PdfMargins.of(List.of());

    private PdfText(Budget budget, TextSink<E> sink) {
        this.budget = budget;
        this.sink = sink;
    }

    /** Reads a PDF, and returns how many pages it has. */
    static <E extends Exception> int read(Path file, Budget budget, TextSink<E> sink)
            throws IOException, UnreadableDocumentException, E {
        try (PdfSource source = new PdfSource(file, budget);
                PDDocument document = budget.within(() -> open(source, file, budget))) {
            return new PdfText<>(budget, sink).read(document);
        }
    }

    private static PDDocument open(PdfSource source, Path file, Budget budget)
            throws IOException, UnreadableDocumentException {
        if (!source.hasEnd()) {
            throw new UnreadableDocumentException(Reason.DAMAGED);
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return Loader.loadPDF(source, "", null, null, () -> new PdfScratch(folder, budget));
    }

    private int read(PDDocument document) throws IOException, UnreadableDocumentException, E {
        Iterator<PDPage> pages = budget.within(() -> document.getPages().iterator());
        PdfPage reader = new PdfPage(budget);
        // A page is written when the next one has been read, which tells its running lines.
        List<PdfLine> held = List.of();
        int number = 0;
        while (budget.within(pages::hasNext)) {
            if (number == MAX_PAGES) {
                throw new UnreadableDocumentException(Reason.TOO_LARGE);
            }
            List<PdfLine> next = budget.within(() -> reader.read(pages.next()));
            if (number > 0) {
                write(number, held, next);
            }
            held = next;
            number++;
        }
        if (number == 0) {
            throw new UnreadableDocumentException(Reason.DAMAGED);
        }
        write(number, held, List.of());
        endParagraph();
        return number;
    }

    private void write(int number, List<PdfLine> page, List<PdfLine> next) throws E {
        sink.page(number);
        List<PdfLine> body = runningLines.body(page, next, running);
        body.forEach(line -> sizes.add(line.size(), line.text().length()));
        float most = sizes.most();
        PdfMargins margins = PdfMargins.of(body);
        for (int i = 0; i < body.size(); i++) {
            budget.checkAtTimes();
            PdfLine line = body.get(i);
            if (isHeading(line, most)) {
                addToHeading(line);
                continue;
            }
            endHeading();
            boolean wrapped = last != null && lastMargins.isFull(last, line);
            // The first line of a page looks like that of a paragraph, whether or not it goes on with one.
            if (i == 0 ? !wrapped : line.beginsParagraph()) {
                endParagraph();
                wrapped = false;
            }
            sink.line(line.text(), wrapped);
            last = line;
            lastMargins = margins;
        }
        endHeading();
    }

    private static boolean isHeading(PdfLine line, float most) {
        return line.size() >= most * HEADING_SIZE
                && Words.count(line.text()) <= MAX_HEADING_WORDS
                && line.text().codePoints().anyMatch(Character::isLetter);
    }

    private void addToHeading(PdfLine line) throws E {
        boolean goesOn = !heading.isEmpty() && heading.get(0).size() == line.size() && !line.beginsParagraph();
        if (!goesOn) {
            endHeading();
            endParagraph();
        }
        heading.add(line);
    }

    private void endHeading() throws E {
        if (heading.isEmpty()) {
            return;
        }
        Paragraph text = new Paragraph();
        heading.forEach(line -> text.append(line.text(), true));
        // The larger, the further out.
        sink.heading(-Math.round(heading.get(0).size() * 2), text.text().toString());
        heading.clear();
    }

    private void endParagraph() throws E {
        sink.endParagraph();
        for (PdfLine line : running) {
            sink.line(line.text(), false);
            sink.endParagraph();
        }
        running.clear();
        last = null;
    }
}
