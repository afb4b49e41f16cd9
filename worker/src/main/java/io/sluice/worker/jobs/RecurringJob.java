package io.sluice.worker.jobs;

import java.time.Duration;

/** Work that is done again and again, by one worker at a time: a bean for each. */
public interface RecurringJob {

    /** Stable name, in the table {@code scheduled_tasks}; no type of jobs has it. */
    String name();

    /** False while none of the features that need it is enabled; then nothing is done. */
    boolean isEnabled();

    /** Time between the end of one run and the beginning of the next. */
    Duration interval();

    /**
     * Does it; blocks. A run may begin while another one, of a worker that was thought to be gone, still goes on. The thread is interrupted
     * when the program stops.
     *
     * @throws InterruptedException if it is; another worker begins at once then
     */
    void run() throws InterruptedException;
}
