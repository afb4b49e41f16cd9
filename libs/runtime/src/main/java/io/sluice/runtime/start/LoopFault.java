package io.sluice.runtime.start;

import io.quarkus.runtime.Quarkus;
import io.sluice.runtime.logs.LogLine;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** A fault of the program in one of its loops: without the loop it would look well and do nothing. */
public final class LoopFault {

    /** Exit code. */
    private static final int FAILED = 1;

    private LoopFault() {}

    /**
     * Logs the fault, and ends the program, which is to be started again.
     *
     * @param loop its name in the log, as {@code docs/guides/logging.md} has it
     */
    public static void endProgram(Logger log, String loop, Throwable fault) {
        LogLine.of("loop-ended").with("loop", loop).because(fault).write(log, Level.FATAL);
        Quarkus.asyncExit(FAILED);
    }
}
