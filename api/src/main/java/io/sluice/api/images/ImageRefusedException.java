package io.sluice.api.images;

import java.io.IOException;

/** An image that is not taken; the message is for the client: the rule and the remedy, nothing of the image. */
final class ImageRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Rules that an image can break. */
    enum Rule {
        /** It is of a known format. */
        FORMAT("The body must be a PNG, JPEG or WebP image; its first bytes are those of none of them."),
        /** It is there to its end. */
        COMPLETE("The image ends early; send it again, whole."),
        /** It is what its format says. */
        WELL_FORMED("The image breaks the rules of its format; save it anew with a program for images."),
        /** It has one frame. */
        STILL("The image is animated; send one of its frames as an image of its own."),
        /** It fits into the memory of whoever decodes it. */
        SIZE("The image may have at most %,d pixels, and %,d on a side; scale it down."
                .formatted(ImageHeader.MAX_PIXELS, ImageHeader.MAX_SIDE));

        private final String message;

        Rule(String message) {
            this.message = message;
        }
    }

    private final Rule rule;

    ImageRefusedException(Rule rule) {
        super(rule.message);
        this.rule = rule;
    }

    /** Rule that it breaks. */
    Rule rule() {
        return rule;
    }
}
