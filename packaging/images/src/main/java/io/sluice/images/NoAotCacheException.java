package io.sluice.images;

/** Why no AOT cache can be recorded here, as the end of a sentence. An image without one works, and starts slower. */
final class NoAotCacheException extends Exception {
    private static final long serialVersionUID = 1;

    NoAotCacheException(String message) {
        super(message);
    }
}
