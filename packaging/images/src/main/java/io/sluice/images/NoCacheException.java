package io.sluice.images;

/** Why no AOT cache can be recorded here, as the end of a sentence. An image without one works, and starts slower. */
final class NoCacheException extends Exception {
    private static final long serialVersionUID = 1;

    NoCacheException(String message) {
        super(message);
    }
}
