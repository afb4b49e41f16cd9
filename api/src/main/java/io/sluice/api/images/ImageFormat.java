package io.sluice.api.images;

import java.util.Locale;

/** Formats that are taken. */
enum ImageFormat {
    PNG("image/png"),
    JPEG("image/jpeg"),
    WEBP("image/webp");

    private final String mediaType;

    ImageFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of this name. */
    static ImageFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    String mediaType() {
        return mediaType;
    }

    /** Name in the table and in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
