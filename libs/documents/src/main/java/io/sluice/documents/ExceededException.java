package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;

/** A bound that was exceeded deep inside a library; unchecked, so that it gets through the library's code. */
final class ExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ExceededException(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
