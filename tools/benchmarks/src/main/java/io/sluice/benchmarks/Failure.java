package io.sluice.benchmarks;

/** Something went wrong, so that there is no number; the message is for the person who wanted one. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }
}
