package io.sluice.consumer.shutdown;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says that the program stops, and ends every wait when it does. */
@Singleton
public class ShutdownSignal {

    private final CountDownLatch requested = new CountDownLatch(1);

    /** Gives it, for good. */
    public void request() {
        requested.countDown();
    }

    /** Whether it has been requested. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for this long. */
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
