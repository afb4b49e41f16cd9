package io.sluice.imaging;

/** An image that no further try can decode. The message is a sentence for the client, without anything of the image in it. */
public final class UndecodableImageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Reasons why an image is not decoded. */
    public enum Reason {
        UNKNOWN_FORMAT("The file is no PNG, JPEG or WebP image."),
        TOO_MANY_PIXELS("The image has more than %d million pixels; scale it down."
                .formatted(ImageDecoder.MAX_PIXELS / 1_000_000)),
        SIDE_TOO_LONG("The image is wider or higher than %d pixels; scale it down or cut it."
                .formatted(ImageDecoder.MAX_SIDE)),
        ANIMATED("The image is animated; send one of its frames."),
        TRUNCATED("The image ends before its last pixel; send the whole file."),
        CORRUPT("The image cannot be decoded; save it again with another program.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
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
