package io.sluice.imaging;

/** An image that no further try can decode. The message is a sentence for the client, without anything of the image in it. */
public final class UndecodableImageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Reasons why an image is not decoded. Their codes are stable. */
    public enum Reason {
        UNKNOWN_FORMAT("unknown_format", "The file is no PNG, JPEG or WebP image."),
        TOO_MANY_PIXELS(
                "too_many_pixels",
                "The image has more than %d million pixels; scale it down."
                        .formatted(ImageDecoder.MAX_PIXELS / 1_000_000)),
        SIDE_TOO_LONG(
                "side_too_long",
                "The image is wider or higher than %d pixels; scale it down or cut it."
                        .formatted(ImageDecoder.MAX_SIDE)),
        ANIMATED("animated", "The image is animated; send one of its frames."),
        TRUNCATED("truncated", "The image ends before its last pixel; send the whole file."),
        CORRUPT("corrupt", "The image cannot be decoded; save it again with another program.");

        private final String code;
        private final String sentence;

        Reason(String code, String sentence) {
            this.code = code;
            this.sentence = sentence;
        }

        /** Name of the reason in lower case with underscores. */
        public String code() {
            return code;
        }

        /** Says what is wrong and what helps. */
        public String sentence() {
            return sentence;
        }
    }

    private final Reason reason;

    UndecodableImageException(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    UndecodableImageException(Reason reason, Throwable cause) {
        super(reason.sentence(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
