package io.sluice.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Documents that are read from a file, as the worker does, by a counter that takes four characters for a token. */
final class TestDocuments {

    static final int MAX_TOKENS = 256;

    static final PassageSize SIZE = new PassageSize(MAX_TOKENS, TestDocuments::tokens);

    private TestDocuments() {}

    static int tokens(String text) {
        return 2 + (text.length() + 3) / 4;
    }

    /** A budget whose time does not pass. */
    static Budget noBudget() {
        return new Budget(() -> 0);
    }

    static List<Passage> read(DocumentType type, String content) throws UnreadableDocumentException {
        return read(type, content.getBytes(UTF_8));
    }

    static List<Passage> read(DocumentType type, byte[] content) throws UnreadableDocumentException {
        List<Passage> passages = new ArrayList<>();
        try {
            Path file = Files.createTempFile("document", ".tmp");
            try {
                Files.write(file, content);
                new DocumentParser(SIZE).read(file, type, passages::add);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | HeapFullException e) {
            throw new IllegalStateException(e);
        }
        return passages;
    }

    /** Texts of the passages, each on lines of its own. */
    static String text(DocumentType type, String content) throws UnreadableDocumentException {
        return text(read(type, content));
    }

    static String text(List<Passage> passages) {
        return passages.stream().map(Passage::text).collect(Collectors.joining("\n"));
    }
}
