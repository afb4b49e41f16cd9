package io.sluice.api.images;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.sluice.api.database.RowAwaiter;
import io.sluice.api.http.problems.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;

/** Awaits that the analysis of images has ended, for requests. Looks at the rows: there need not be messages. */
@ApplicationScoped
class ImageAwaiter {

    private final RowAwaiter images;

    ImageAwaiter(ImageRepository repository) {
        images = new RowAwaiter("images", repository::settled);
    }

    @PreDestroy
    void stop() {
        images.close();
    }

    void release(@Observes ShutdownDelayInitiatedEvent event) {
        images.release();
    }

    /**
     * Answers true as soon as the analysis has ended, one way or the other, or the image is deleted; false after that time.
     *
     * @return fails with {@link ProblemCode#OVERLOADED} where too many others wait
     */
    Uni<Boolean> untilSettled(UUID id, Duration patience) {
        return images.untilReady(id, patience);
    }
}
