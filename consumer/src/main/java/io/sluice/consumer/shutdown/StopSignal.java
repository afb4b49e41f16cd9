package io.sluice.consumer.shutdown;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says that the program stops, and ends every wait when it does. */
@Singleton
public class StopSignal {

    private final CountDownLatch given = new CountDownLatch(1);

    /** Gives it, for good. */
    public void give() {
        given.countDown();
    }

    /** Whether it has been given. */
    public boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits for this long. */
    public void pause(Duration duration) throws StoppedException {
        try {
            if (given.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
