package io.sluice.consumer.shutdown;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Signals the shutdown of the program, and ends every sleep. */
@Singleton
public class ShutdownSignal {

    private final CountDownLatch requested = new CountDownLatch(1);

    /** Requests the shutdown, irrevocably. */
    public void request() {
        requested.countDown();
    }

    /** True if the shutdown was requested. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Sleeps.
     *
     * @throws ShutdownException if the shutdown is requested meanwhile, or was before
     */
    public void sleep(Duration duration) throws ShutdownException {
        try {
            if (requested.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ShutdownException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShutdownException();
        }
    }
}
