package io.sluice.documents;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Types of documents that are read. */
public enum DocumentType {
    PDF(List.of("application/pdf", "application/x-pdf")),
    HTML(List.of("text/html", "application/xhtml+xml")),
    MARKDOWN(List.of("text/markdown", "text/x-markdown")),
    TEXT(List.of("text/plain"));

    private static final byte[] PDF_HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final List<String> mediaTypes;

    DocumentType(List<String> mediaTypes) {
        this.mediaTypes = mediaTypes;
    }

    /** The registered media type, without parameters. */
    public String mediaType() {
        return mediaTypes.get(0);
    }

    /**
     * The type of a document: PDF if it begins with a PDF's header, whatever it was declared as; otherwise the declared one, since nothing in
     * their bytes tells HTML, Markdown and text from each other.
     *
     * @param declared media type, with parameters or without
     * @param head first bytes of the document, at least five if it has as many
     * @return empty if no document of the declared type is read
     */
    public static Optional<DocumentType> of(String declared, byte[] head) {
        int length = PDF_HEADER.length;
        if (head.length >= length && Arrays.equals(head, 0, length, PDF_HEADER, 0, length)) {
            return Optional.of(PDF);
        }
        String mediaType = declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.mediaTypes.contains(mediaType))
                .findFirst();
    }
}
