package io.sluice.api.requests;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Errors that the program logs: faults of its own, never of a client. */
public final class Complaints extends Handler {

    private final List<String> logged = new CopyOnWriteArrayList<>();

    /** Begins to listen, until it is closed. */
    public void listen() {
        Logger.getLogger("").addHandler(this);
    }

    /** The lines that were logged since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(logged);
        logged.clear();
        return taken;
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            logged.add(entry.getLoggerName() + ": " + entry.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
