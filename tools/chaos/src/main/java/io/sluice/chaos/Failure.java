package io.sluice.chaos;

/** The run has no result; the message is for the person who started it. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }
}
