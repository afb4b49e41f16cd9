package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of pages in the order of their content: sorted by place, columns beside each other would become one line. Where the content has two
 * columns row by row, {@link PdfColumns} parts them.
 */
final class PdfPage extends PDFTextStripper {

    /** Most glyphs of a page; a page of small print has ten thousand. Each takes about 300 bytes until the page has been read. */
    static final int MAX_GLYPHS = 100_000;

    /** Most forms that a page draws, those in forms included, which can draw each other twice. */
    private static final int MAX_FORMS = 10_000;

    /** Most graphics states that are saved at a time; Acrobat has 28. */
    private static final int MAX_STATES = 10_000;

    /** Part of a page's height above and below which headers and footers stand. */
    private static final float MARGIN = 0.1f;

    /** Least space between columns, as a multiple of the size of letters; between words it is a third of that, and in justified text rarely as much. */
    private static final float WIDE_SPACE = 1;

    private final Budget budget;
    private final PdfCharacterMaps maps;
    private final List<List<PdfLine>> lines = new ArrayList<>();
    private final List<PdfLine> parts = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private final GlyphSizes sizes = new GlyphSizes();
    private @Nullable TextPosition base;
    private float left;
    private float right;
    private float baseline;
    private boolean inMargin;
    private boolean beginsParagraph;
    private int glyphs;
    private int forms;

    PdfPage(Budget budget) {
        this.budget = budget;
        maps = new PdfCharacterMaps(budget);
        output = Writer.nullWriter();
        setSortByPosition(false);
        setShouldSeparateByBeads(false);
    }

    /** The lines of a page. */
    List<PdfLine> read(PDPage page) throws IOException {
        lines.clear();
        glyphs = 0;
        forms = 0;
        beginsParagraph = true;
        if (page.hasContents()) {
            PdfContent.check(page.getCOSObject().getDictionaryObject(COSName.CONTENTS), budget);
            maps.check(page.getResources());
            processPage(page);
        }
        endLine();
        return PdfColumns.inReadingOrder(lines);
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        budget.checkAtTimes();
        super.processOperator(operator, operands);
    }

    @Override
    public void showForm(PDFormXObject form) throws IOException {
        forms++;
        if (forms > MAX_FORMS) {
            budget.exceed(Reason.TOO_COMPLEX);
        }
        budget.check();
        PdfContent.check(form.getCOSObject(), budget);
        maps.check(form.getResources());
        super.showForm(form);
    }

    @Override
    public void saveGraphicsState() {
        if (getGraphicsStackSize() > MAX_STATES) {
            budget.exceed(Reason.TOO_COMPLEX);
        }
        super.saveGraphicsState();
    }

    @Override
    protected void processTextPosition(TextPosition glyph) {
        glyphs++;
        if (glyphs > MAX_GLYPHS) {
            budget.exceed(Reason.TOO_COMPLEX);
        }
        budget.checkAtTimes();
        super.processTextPosition(glyph);
    }

    @Override
    protected void writeString(String text, List<TextPosition> glyphs) {
        if (glyphs.isEmpty()) {
            return;
        }
        if (!sizes.isEmpty()
                && glyphs.get(0).getXDirAdj() - right
                        > WIDE_SPACE * glyphs.get(0).getYScale()) {
            endPart();
        }
        if (sizes.isEmpty()) {
            left = Float.MAX_VALUE;
            right = 0;
            base = glyphs.get(0);
            baseline = base.getYDirAdj();
            boolean upright = base.getDir() % 180 == 0;
            float height = upright ? base.getPageHeight() : base.getPageWidth();
            inMargin = baseline < MARGIN * height || baseline > (1 - MARGIN) * height;
        }
        boolean level = true;
        for (TextPosition glyph : glyphs) {
            left = Math.min(left, glyph.getXDirAdj());
            right = Math.max(right, glyph.getXDirAdj() + glyph.getWidthDirAdj());
            sizes.add(glyph.getYScale());
            level &= rise(glyph) == 0;
        }
        if (level) {
            base = glyphs.get(glyphs.size() - 1);
            line.append(text);
        } else {
            appendScripts(glyphs);
        }
        budget.addText(text.length());
        budget.checkAtTimes();
    }

    /** Marks what is raised or lowered, since nothing else in the text tells 10² from 102. */
    private void appendScripts(List<TextPosition> glyphs) {
        StringBuilder run = new StringBuilder();
        int runRise = 0;
        for (TextPosition glyph : glyphs) {
            int rise = rise(glyph);
            if (rise != runRise) {
                appendRun(run, runRise);
                runRise = rise;
            }
            run.append(glyph.getUnicode());
            if (rise == 0) {
                base = glyph;
            }
        }
        appendRun(run, runRise);
    }

    private void appendRun(StringBuilder run, int rise) {
        String text = run.toString();
        line.append(rise > 0 ? Scripts.raised(text) : rise < 0 ? Scripts.lowered(text) : text);
        run.setLength(0);
    }

    /** 1 if a glyph is raised above the one before it that is not, -1 if it is lowered, 0 if it stands on the line. */
    private int rise(TextPosition glyph) {
        if (base == null || glyph.getUnicode().isBlank()) {
            return 0;
        }
        float size = base.getYScale();
        float up = (base.getYDirAdj() - glyph.getYDirAdj()) / size;
        boolean smaller = glyph.getYScale() < 0.85 * size;
        if (Math.abs(up) > 1) {
            return 0;
        }
        if (up > (smaller ? 0.15 : 0.3)) {
            return 1;
        }
        return up < (smaller ? -0.05 : -0.2) ? -1 : 0;
    }

    @Override
    protected void writeWordSeparator() {
        line.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeParagraphStart() {
        beginsParagraph = true;
    }

    @Override
    protected void writeParagraphEnd() {
        endLine();
    }

    private void endLine() {
        endPart();
        if (!parts.isEmpty()) {
            lines.add(List.copyOf(parts));
            parts.clear();
        }
        base = null;
    }

    private void endPart() {
        String text = CleanText.ofPrinted(line.toString());
        if (!text.isEmpty()) {
            parts.add(new PdfLine(text, left, right, baseline, sizes.most(), inMargin, beginsParagraph));
            beginsParagraph = false;
        }
        line.setLength(0);
        sizes.clear();
    }
}
