package io.sluice.consumer.shutdown;

/** The program stops: what is under way is given up, and will be received again. */
public final class ShutdownException extends Exception {

    private static final long serialVersionUID = 1L;
}
