package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.RandomAccessRead;
import org.jspecify.annotations.Nullable;

/** Size of the content streams of pages and forms, measured before PDFBox reads one: what it makes of a single string may be as large. */
final class PdfContent {

    /** Most bytes of a content stream when it is decompressed; a page of text has some ten thousand. */
    static final int MAX_BYTES = 32 << 20;

    private static final int MAX_INFLATIONS = 4;

    private PdfContent() {}

    /** Checks a content stream, or an array of them. */
    static void check(@Nullable COSBase content, Budget budget) throws IOException {
        long size = 0;
        if (content instanceof COSStream stream) {
            size = size(stream, budget);
        } else if (content instanceof COSArray array) {
            for (int i = 0; i < array.size() && size <= MAX_BYTES; i++) {
                size += array.getObject(i) instanceof COSStream stream ? size(stream, budget) : 0;
            }
        }
        if (size > MAX_BYTES) {
            budget.exceed(Reason.TOO_COMPLEX);
        }
    }

    /** Bytes of a stream when it is decompressed; of those above the bound only that they are more. */
    static long size(COSStream stream, Budget budget) throws IOException {
        int inflations = inflations(stream.getFilters());
        if (inflations == 0) {
            try (RandomAccessRead decoded = stream.createView()) {
                return decoded.length();
            }
        }
        byte[] buffer = new byte[64 << 10];
        long size = 0;
        try (InputStream in = inflated(stream.createRawInputStream(), inflations)) {
            for (int read = in.read(buffer); read >= 0 && size <= MAX_BYTES; read = in.read(buffer)) {
                size += read;
                budget.check();
            }
        } catch (ZipException | EOFException broken) {
            // PDFBox reads what comes before.
            return size;
        }
        return size;
    }

    /** Times that a stream is to be inflated, one in the other; 0 if it has another filter, or more than anybody needs. */
    private static int inflations(@Nullable COSBase filters) {
        if (filters instanceof COSArray array) {
            boolean flate = array.toList().stream().allMatch(COSName.FLATE_DECODE::equals);
            return flate && array.size() <= MAX_INFLATIONS ? array.size() : 0;
        }
        return COSName.FLATE_DECODE.equals(filters) ? 1 : 0;
    }

    private static InputStream inflated(InputStream raw, int times) {
        InputStream in = raw;
        for (int i = 0; i < times; i++) {
            in = new InflaterInputStream(in);
        }
        return in;
    }
}
