package io.sluice.consumer.intake;

/** The program stops: what is under way is given up, and will be received again. */
final class StoppedException extends Exception {

    private static final long serialVersionUID = 1L;
}
