package io.sluice.images;

/** Why there is no image, and what helps: one line for whoever builds. */
final class ImageBuildException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImageBuildException(String message) {
        super(message);
    }

    ImageBuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
