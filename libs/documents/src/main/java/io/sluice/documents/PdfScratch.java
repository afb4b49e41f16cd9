package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccess;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.io.RandomAccessStreamCache;
import org.apache.pdfbox.io.ScratchFile;

/**
 * Temporary file of PDFBox, for what it decrypts. It is made beside the document, where nobody else may read, and a failure of it is told as one of
 * the machine: PDFBox would tell it as damage of the document, or go on without what is lost.
 */
final class PdfScratch implements RandomAccessStreamCache {

    /** Most bytes that are written; what is decrypted is no longer than the file. */
    private static final long MAX_BYTES = 64 << 20;

    private final ScratchFile file;
    private final Budget budget;
    private long written;

    PdfScratch(Path folder, Budget budget) throws IOException {
        this.budget = budget;
        try {
            file = new ScratchFile(MemoryUsageSetting.setupTempFileOnly().setTempDir(folder.toFile()));
        } catch (IOException e) {
            throw budget.temporaryFailure(e);
        }
    }

    @Override
    public RandomAccess createBuffer() throws IOException {
        return new Buffer(told(file::createBuffer));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Use of the file. */
    private interface Use<T> {
        T of() throws IOException;
    }

    private <T> T told(Use<T> use) throws IOException {
        try {
            return use.of();
        } catch (IOException e) {
            throw budget.temporaryFailure(e);
        }
    }

    /** Part of the file. Reading and seeking write as well, what was changed before. */
    private final class Buffer implements RandomAccess {

        private final RandomAccess part;

        Buffer(RandomAccess part) {
            this.part = part;
        }

        private void write(Use<?> use, int length) throws IOException {
            written += length;
            if (written > MAX_BYTES) {
                budget.exceed(Reason.TOO_COMPLEX);
            }
            told(use);
        }

        @Override
        public void write(int value) throws IOException {
            write(
                    () -> {
                        part.write(value);
                        return part;
                    },
                    1);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            write(bytes, 0, bytes.length);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            write(
                    () -> {
                        part.write(bytes, offset, length);
                        return part;
                    },
                    length);
        }

        @Override
        public void clear() throws IOException {
            told(() -> {
                part.clear();
                return part;
            });
        }

        @Override
        public int read() throws IOException {
            return told(part::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return told(() -> part.read(bytes, offset, length));
        }

        @Override
        public long getPosition() throws IOException {
            return told(part::getPosition);
        }

        @Override
        public void seek(long position) throws IOException {
            told(() -> {
                part.seek(position);
                return part;
            });
        }

        @Override
        public long length() throws IOException {
            return told(part::length);
        }

        @Override
        public boolean isClosed() {
            return part.isClosed();
        }

        @Override
        public boolean isEOF() throws IOException {
            return told(part::isEOF);
        }

        @Override
        public RandomAccessReadView createView(long start, long length) throws IOException {
            return part.createView(start, length);
        }

        @Override
        public void close() throws IOException {
            part.close();
        }
    }
}
