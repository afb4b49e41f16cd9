package io.sluice.images;

/** The image cannot be built. The message has the reason and the remedy in one line. */
final class ImageBuildException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImageBuildException(String message) {
        super(message);
    }

    ImageBuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
