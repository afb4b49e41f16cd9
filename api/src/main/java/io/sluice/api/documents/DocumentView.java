package io.sluice.api.documents;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document as callers see it.
 *
 * @param reason why it could not be read, or {@code null}
 * @param sha256 of its bytes, in hexadecimal digits
 * @param revision number of its bytes
 * @param version counts its changes, from 1 on
 */
@JsonPropertyOrder({
    "id",
    "name",
    "mediaType",
    "visibility",
    "status",
    "reason",
    "pages",
    "passages",
    "bytes",
    "sha256",
    "revision",
    "version",
    "createdAt",
    "updatedAt",
    "readyAt"
})
record DocumentView(
        UUID id,
        String name,
        String mediaType,
        Visibility visibility,
        String status,
        @Nullable Reason reason,
        @Nullable Integer pages,
        @Nullable Integer passages,
        long bytes,
        String sha256,
        int revision,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant readyAt) {

    /**
     * The reason why a document could not be read.
     *
     * @param code stable, as {@code no-text}
     * @param detail a sentence
     */
    record Reason(String code, @Nullable String detail) {}

    static DocumentView of(Document document) {
        return new DocumentView(
                document.id(),
                document.name(),
                document.type().mediaType(),
                document.visibility(),
                document.status(),
                document.reasonCode() == null ? null : new Reason(document.reasonCode(), document.reason()),
                document.pages(),
                document.passageCount(),
                document.content().size(),
                HexFormat.of().formatHex(document.content().sha256()),
                document.revision(),
                document.version(),
                document.createdAt(),
                document.updatedAt(),
                document.readyAt());
    }
}
