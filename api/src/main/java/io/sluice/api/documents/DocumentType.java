package io.sluice.api.documents;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types of documents that are taken. A PDF is known by its first bytes; of texts, the client's word decides. */
enum DocumentType {
    PDF("application/pdf", List.of(), List.of("pdf")),
    MARKDOWN("text/markdown", List.of("text/x-markdown"), List.of("md", "markdown")),
    HTML("text/html", List.of("application/xhtml+xml"), List.of("html", "htm", "xhtml")),
    TEXT("text/plain", List.of(), List.of("txt", "text"));

    /** Number of the first bytes that tell a PDF, and bytes that are no text. */
    static final int HEAD_BYTES = 1024;

    private static final byte[] PDF_MAGIC = {'%', 'P', 'D', 'F', '-'};

    private static final byte[] UTF_16_BIG = {(byte) 0xfe, (byte) 0xff};

    private static final byte[] UTF_16_LITTLE = {(byte) 0xff, (byte) 0xfe};

    private final String mediaType;
    private final List<String> aliases;
    private final List<String> extensions;

    DocumentType(String mediaType, List<String> aliases, List<String> extensions) {
        this.mediaType = mediaType;
        this.aliases = aliases;
        this.extensions = extensions;
    }

    /** Media types of all, as in {@code Accept}. */
    static String mediaTypes() {
        return Stream.of(values()).map(DocumentType::mediaType).collect(Collectors.joining(", "));
    }

    /** The type of this media type, as the table has it. */
    static DocumentType of(String mediaType) {
        return Stream.of(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Tells the type of bytes; empty if it is none that is taken.
     *
     * @param head the first {@value #HEAD_BYTES} bytes, or all
     * @param declared media type that the client says, perhaps with parameters
     * @param names of the file; the extension of the first that has a known one counts where the media type says no more than that it is
     *     text, or less
     */
    static Optional<DocumentType> detect(byte[] head, @Nullable String declared, List<String> names) {
        if (startsWith(head, PDF_MAGIC)) {
            return Optional.of(PDF);
        }
        Optional<DocumentType> byMediaType = Optional.ofNullable(declared).flatMap(DocumentType::ofMediaType);
        Optional<DocumentType> said = byMediaType.isPresent() && byMediaType.get() != TEXT
                ? byMediaType
                : names.stream()
                        .flatMap(name -> ofExtension(name).stream())
                        .findFirst()
                        .or(() -> byMediaType);
        boolean binary = isBinary(head);
        if (binary || said.equals(Optional.of(PDF))) {
            // ISO 32000-1, note 13 of annex H: readers take the header within the first 1,024 bytes.
            return contains(head, PDF_MAGIC) ? Optional.of(PDF) : Optional.empty();
        }
        return said;
    }

    private static Optional<DocumentType> ofMediaType(String declared) {
        String essence = declared.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(type -> type.mediaType.equals(essence) || type.aliases.contains(essence))
                .findFirst();
    }

    private static Optional<DocumentType> ofExtension(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(type -> type.extensions.contains(extension))
                .findFirst();
    }

    /** A NUL stands in no text, but in UTF-16. */
    private static boolean isBinary(byte[] head) {
        return !startsWith(head, UTF_16_BIG) && !startsWith(head, UTF_16_LITTLE) && contains(head, new byte[1]);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    String mediaType() {
        return mediaType;
    }

    /** The extension that files of this type have. */
    String extension() {
        return extensions.get(0);
    }
}
