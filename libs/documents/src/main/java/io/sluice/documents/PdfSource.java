package io.sluice.documents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.jspecify.annotations.Nullable;

/**
 * File of a PDF. PDFBox has no bounds, but it reads all that it makes objects of from here, 4 KiB at a time, which decompress to 4 MiB at
 * most. So it is stopped here.
 */
final class PdfSource extends RandomAccessReadBufferedFile {

    private static final int READS_BETWEEN_CHECKS = 4_096;

    /** Bytes at the end of a file that are searched for its end; Acrobat reads 1024. */
    private static final int END = 4_096;

    private final Path file;
    private final Budget budget;
    private @Nullable PdfSource ofStreams;
    private int reads;

    PdfSource(Path file, Budget budget) throws IOException {
        super(file);
        this.file = file;
        this.budget = budget;
    }

    /** True if the file ends as a PDF does. PDFBox reads what is left of one that was cut off, which would look whole. */
    boolean hasEnd() throws IOException {
        seek(Math.max(0, length() - END));
        byte[] end = new byte[(int) (length() - getPosition())];
        readFully(end);
        seek(0);
        String text = new String(end, StandardCharsets.ISO_8859_1);
        return text.contains("startxref") || text.contains("%%EOF");
    }

    @Override
    public int read() throws IOException {
        if (++reads % READS_BETWEEN_CHECKS == 0) {
            budget.checkMemory();
        }
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        budget.checkMemory();
        return super.read(bytes, offset, length);
    }

    /** Streams are read at a position of their own, beside the parser's. */
    @Override
    public RandomAccessReadView createView(long start, long length) throws IOException {
        if (ofStreams == null) {
            ofStreams = new PdfSource(file, budget);
        }
        return new RandomAccessReadView(ofStreams, start, length);
    }

    @Override
    public void close() throws IOException {
        if (ofStreams != null) {
            ofStreams.close();
        }
        super.close();
    }
}
