package io.sluice.local;

import java.time.Duration;

/** Is told what happens to a platform; called by several threads. */
public interface ProgressListener {
    /** Tells nobody. */
    ProgressListener SILENT = new ProgressListener() {};

    /**
     * Nothing stands in the way of a start.
     *
     * @param mode how much is started
     */
    default void starting(RunMode mode) {}

    /**
     * A process is stopped that a killed earlier run has left.
     *
     * @param name what it is
     * @param pid its process id
     */
    default void leftBehind(String name, long pid) {}

    /**
     * A part can be used, or is done.
     *
     * @param name which
     * @param took since its start
     * @param address where clients find it; empty for the init-job
     */
    default void ready(String name, Duration took, String address) {}

    /**
     * A part has ended by itself.
     *
     * @param what which part ended, how, and the end of its log
     * @param pause until it is started again
     */
    default void died(String what, Duration pause) {}

    /** Every part is ready again after one had ended. */
    default void recovered() {}

    /**
     * A part was stopped.
     *
     * @param name which
     * @param took how long that took
     */
    default void stopped(String name, Duration took) {}
}
