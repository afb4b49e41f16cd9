package io.sluice.images;

/** Why there is no image, and what helps: one line for whoever builds. */
final class ImageFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImageFailure(String message) {
        super(message);
    }

    ImageFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
