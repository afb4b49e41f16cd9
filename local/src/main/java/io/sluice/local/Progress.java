package io.sluice.local;

import java.time.Duration;

/** Is told what happens to a platform; called by several threads. */
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = new Progress() {};

    /**
     * Nothing stands in the way of a start.
     *
     * @param extent how much is started
     */
    default void starting(Extent extent) {}

    /**
     * @param name a process that a killed earlier run has left and that is stopped now
     * @param pid its process id
     */
    default void leftBehind(String name, long pid) {}

    /**
     * @param name what is ready, or done
     * @param took since its start
     * @param address where clients find it; empty for the init-job
     */
    default void ready(String name, Duration took, String address) {}

    /**
     * @param what which part ended, how, and the end of its log
     * @param pause until it is started again
     */
    default void died(String what, Duration pause) {}

    /** Every part is ready again after one had ended. */
    default void recovered() {}

    /**
     * @param name which part was stopped
     * @param took how long that took
     */
    default void stopped(String name, Duration took) {}
}
