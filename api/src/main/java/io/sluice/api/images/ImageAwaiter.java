package io.sluice.api.images;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.database.RowAwaiter;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Awaits that the analysis of images has ended, for requests. Looks at the rows: there need not be messages. */
@ApplicationScoped
class ImageAwaiter {

    private final RowAwaiter images;
    private final DatabaseCalls database;

    ImageAwaiter(ImageRepository repository, DatabaseCalls database) {
        this.database = database;
        images = new RowAwaiter("images", repository::settled);
    }

    @PreDestroy
    void stop() {
        images.close();
    }

    void release(@Observes ShutdownDelayInitiatedEvent event) {
        images.release();
    }

    /** Reads an image once its analysis has ended, one way or the other, or the image is deleted; see {@link RowAwaiter#read}. */
    <T> Uni<T> read(UUID id, Duration patience, Supplier<T> find, Predicate<T> settled, String ifUnavailable) {
        return images.read(id, patience, find, settled, database, ifUnavailable);
    }
}
