package io.sluice.consumer.retry;

import io.sluice.consumer.database.SqlFailure;
import io.sluice.consumer.logs.LogLine;
import io.sluice.consumer.progress.Loops;
import io.sluice.consumer.shutdown.StopSignal;
import io.sluice.consumer.shutdown.StoppedException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Tries until it works. The wait is in place: no next batch comes meanwhile, and the connector keeps its partitions. */
@Singleton
public class Perseverance {

    private static final Logger LOG = Logger.getLogger(Perseverance.class.getName());

    /** How often in a row another transaction may be in the way before that is worth a pause that people see. */
    private static final int QUIET_REPEATS = 3;

    private final Backoff backoff;
    private final Pauses pauses;
    private final Loops loops;
    private final StopSignal stop;

    @Inject
    Perseverance(Pauses pauses, Loops loops, StopSignal stop) {
        this(
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), () -> ThreadLocalRandom.current()
                        .nextDouble()),
                pauses,
                loops,
                stop);
    }

    Perseverance(Backoff backoff, Pauses pauses, Loops loops, StopSignal stop) {
        this.backoff = backoff;
        this.pauses = pauses;
        this.loops = loops;
        this.stop = stop;
    }

    /** One try of something. */
    public interface Attempt<T> {
        /** Whatever it throws is waited out. */
        T run() throws Exception;
    }

    /**
     * Tries until it works.
     *
     * @param part what is waited for if it does not
     */
    public <T> T until(Part part, Attempt<T> attempt) throws StoppedException {
        for (int failures = 1; ; failures++) {
            loops.of(part.loop()).turn();
            try {
                T result = attempt.run();
                pauses.end(part);
                return result;
            } catch (Exception failure) {
                waitAfter(failure, failures, part);
            }
        }
    }

    private void waitAfter(Exception failure, int failures, Part part) throws StoppedException {
        LogLine.of("intake-attempt-failed")
                .with("part", part.label())
                .with("attempt", failures)
                .because(failure)
                .write(LOG, Level.DEBUG);
        if (failures > QUIET_REPEATS || SqlFailure.of(failure) != SqlFailure.IN_THE_WAY) {
            pauses.begin(part, Reason.of(failure));
        }
        stop.pause(backoff.after(failures));
    }
}
