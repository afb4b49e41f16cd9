package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * Reads documents into passages, one at a time: the heap has room for one that is as large as may be. What it holds of a PDF or of plain text does
 * not depend on the document's length; of HTML and Markdown it holds the tree.
 */
public final class DocumentParser {

    private final Semaphore one = new Semaphore(1);
    private final PassageSize size;

    /** @param size bound of passages, beside that of words */
    public DocumentParser(PassageSize size) {
        this.size = size;
    }

    /**
     * A document that was read.
     *
     * @param pages how many it has; 0 for formats without pages
     * @param passages how many were handed out, at least one
     */
    public record Read(int pages, int passages) {}

    /**
     * Reads a document, after those that are under way. Passages are handed out as they are read, so that some may have been when it fails.
     *
     * @param consumer called in this thread; its time is the document's
     * @throws UnreadableDocumentException if no further try can read it
     * @throws HeapFullException if the heap got full, which may be by what else the program does
     * @throws IOException if the file cannot be opened, or no temporary one be written beside it
     * @throws E what the consumer throws
     */
    public <E extends Exception> Read read(Path file, DocumentType type, PassageConsumer<E> consumer)
            throws IOException, UnreadableDocumentException, HeapFullException, InterruptedException, E {
        one.acquire();
        try {
            consumer.goesOn();
            Budget budget = new Budget(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
            return read(file, type, budget, consumer);
        } finally {
            one.release();
        }
    }

    private <E extends Exception> Read read(Path file, DocumentType type, Budget budget, PassageConsumer<E> consumer)
            throws IOException, UnreadableDocumentException, HeapFullException, E {
        try {
            Passages<E> passages = new Passages<>(size, budget, consumer);
            int pages = text(file, type, budget, passages);
            passages.end();
            if (passages.count() == 0) {
                throw new UnreadableDocumentException(Reason.NO_TEXT);
            }
            return new Read(pages, passages.count());
        } catch (ExceededException | UnreadableDocumentException ended) {
            if (budget.isHeapFull()) {
                throw new HeapFullException();
            }
            throw ended instanceof ExceededException bound
                    ? new UnreadableDocumentException(bound.reason())
                    : (UnreadableDocumentException) ended;
        }
    }

    /** Reads the text, and returns the number of pages. */
    private static <E extends Exception> int text(Path file, DocumentType type, Budget budget, Passages<E> passages)
            throws IOException, UnreadableDocumentException, E {
        switch (type) {
            case PDF -> {
                return PdfText.read(file, budget, passages);
            }
            case HTML -> HtmlText.read(file, budget, passages);
            case MARKDOWN -> MarkdownText.read(file, budget, passages);
            case TEXT -> PlainText.read(file, budget, passages);
        }
        return 0;
    }
}
