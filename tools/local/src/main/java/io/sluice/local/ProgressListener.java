package io.sluice.local;

import java.time.Duration;

/** Notified of the progress of a platform; called by several threads. */
public interface ProgressListener {
    /** Ignores all notifications. */
    ProgressListener SILENT = new ProgressListener() {};

    /**
     * The start begins.
     *
     * @param settings of the platform
     */
    default void starting(PlatformSettings settings) {}

    /**
     * A stale process of a killed run is stopped.
     *
     * @param name of the process
     * @param pid its process id
     */
    default void stale(String name, long pid) {}

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

    /** Every process is ready again after one had ended. */
    default void recovered() {}

    /**
     * A process was stopped.
     *
     * @param name of the process
     * @param took duration of the stop
     */
    default void stopped(String name, Duration took) {}
}
