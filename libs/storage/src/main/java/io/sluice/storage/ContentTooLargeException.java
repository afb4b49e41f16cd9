package io.sluice.storage;

import java.io.IOException;

/** More bytes than allowed were to be written. None were stored. */
public final class ContentTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    ContentTooLargeException(long maxBytes) {
        super("more than " + maxBytes + " bytes");
    }
}
