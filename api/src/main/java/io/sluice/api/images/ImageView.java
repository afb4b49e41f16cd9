package io.sluice.api.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An image as its owner sees it.
 *
 * @param status of its last analysis
 * @param reason why that failed, or {@code null}
 * @param objectCount number of objects that were found; {@code null} until it is analysed
 * @param sha256 of its bytes, in hexadecimal digits
 * @param version counts its changes of status, from 1 on
 * @param objects of an image that was waited for, once it is analysed; else {@code null}
 */
@JsonPropertyOrder({
    "id",
    "status",
    "reason",
    "objectCount",
    "format",
    "bytes",
    "sha256",
    "width",
    "height",
    "version",
    "createdAt",
    "analysedAt",
    "objects"
})
record ImageView(
        UUID id,
        String status,
        @Nullable String reason,
        @Nullable Long objectCount,
        String format,
        long bytes,
        String sha256,
        int width,
        int height,
        long version,
        Instant createdAt,
        @Nullable Instant analysedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ImageObject.Summary> objects) {

    static ImageView of(Image image) {
        return of(image, null);
    }

    static ImageView of(Image image, @Nullable List<ImageObject.Summary> objects) {
        return new ImageView(
                image.id(),
                image.status(),
                image.reason(),
                image.objectCount(),
                image.format().toString(),
                image.content().size(),
                HexFormat.of().formatHex(image.content().sha256()),
                image.width(),
                image.height(),
                image.version(),
                image.createdAt(),
                image.analysedAt(),
                objects);
    }
}
