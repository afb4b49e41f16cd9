package io.sluice.chaos;

/** Sends one request after the other, until it is told to end. */
abstract class Client implements Runnable {

    private final String name;
    private volatile boolean ending;

    Client(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    /** Waits for the acknowledgement of the request in flight, and sends no more. */
    final void end() {
        ending = true;
    }

    final boolean isEnding() {
        return ending;
    }

    @Override
    public final void run() {
        try {
            begin();
            for (int number = 1; !ending; number++) {
                next(number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Is called once, before the first {@link #next}. */
    void begin() throws InterruptedException {}

    /**
     * Returns when what it has sent is acknowledged and the interval after it is over.
     *
     * @param number counts the calls, from 1 on
     */
    abstract void next(int number) throws InterruptedException;
}
