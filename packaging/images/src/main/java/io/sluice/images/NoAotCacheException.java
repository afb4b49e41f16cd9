package io.sluice.images;

/**
 * No AOT cache can be recorded on this machine; the message is the reason, as the end of a sentence. An image without a
 * cache works, and starts slower.
 */
final class NoAotCacheException extends Exception {
    private static final long serialVersionUID = 1;

    NoAotCacheException(String message) {
        super(message);
    }
}
