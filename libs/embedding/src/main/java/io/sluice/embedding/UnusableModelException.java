package io.sluice.embedding;

/** A model that cannot be used as it is. The message says what is wrong and what would be right, for whoever runs the program. */
public final class UnusableModelException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableModelException(String message) {
        super(message);
    }

    UnusableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
