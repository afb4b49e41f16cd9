package io.sluice.consumer.shutdown;

/** The program shuts down: work under way is abandoned, and its records are read again. */
public final class ShutdownException extends Exception {

    private static final long serialVersionUID = 1L;
}
