package io.sluice.api.images;

import io.quarkus.runtime.Startup;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.database.RowAwaiter;
import io.sluice.api.database.RowAwaiters;
import io.sluice.api.http.headers.WaitPreference;
import io.sluice.api.images.ImageObject.BoxFormat;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers with an image; for a client that would rather wait, once its analysis has ended, and with the objects then. */
@Startup
@ApplicationScoped
class ImageAnswers {

    private static final ImageObjectQuery OBJECTS = new ImageObjectQuery(BoxFormat.XYWH, 0, ImageObjectQuery.MAX_LIMIT);

    private final ImageRepository images;
    private final ImageObjectRepository objects;
    private final DatabaseCalls database;
    private final RowAwaiter<UUID> awaiter;

    ImageAnswers(ImageRepository images, ImageObjectRepository objects, RowAwaiters awaiters, DatabaseCalls database) {
        this.images = images;
        this.objects = objects;
        this.database = database;
        awaiter = awaiters.of("images", images::settled);
    }

    /**
     * Answers with an image that has just been written, or as {@link #read} for a client that would rather wait.
     *
     * @param ifUnavailable what clients are told if it cannot be read again
     */
    Uni<Response.ResponseBuilder> answer(Image image, String owner, MultiMap headers, String ifUnavailable) {
        return waitOf(headers).isPresent()
                ? read(image.id(), owner, headers, ifUnavailable)
                : Uni.createFrom().item(answer(new Read(image, null)));
    }

    /**
     * Reads an image, once its analysis has ended if the client would rather wait. The status is 202 where it has not, else 200.
     *
     * @param ifUnavailable what clients are told if it cannot be read
     */
    Uni<Response.ResponseBuilder> read(UUID id, String owner, MultiMap headers, String ifUnavailable) {
        Optional<Duration> wait = waitOf(headers);
        Duration timeout = wait.orElse(Duration.ZERO);
        boolean withObjects = wait.isPresent();
        return awaiter.read(
                        id,
                        timeout,
                        () -> find(id, owner, withObjects),
                        found -> found.image().isSettled(),
                        database,
                        ifUnavailable)
                .map(ImageAnswers::answer)
                .invoke(answer -> wait.ifPresent(
                        duration -> answer.header("Preference-Applied", "wait=" + duration.toSeconds())));
    }

    private static Optional<Duration> waitOf(MultiMap headers) {
        return WaitPreference.of(headers.getAll(WaitPreference.HEADER));
    }

    /** An image, and the objects in it if they are to be answered. */
    private record Read(Image image, @Nullable List<ImageObject.Summary> objects) {}

    private Read find(UUID id, String owner, boolean withObjects) {
        Image image = images.find(id, owner).orElseThrow(ImageProblems::notFound);
        return new Read(image, withObjects && image.isDone() ? objectsOf(id, owner) : null);
    }

    private List<ImageObject.Summary> objectsOf(UUID id, String owner) {
        return objects.page(id, owner, OBJECTS).rows().stream()
                .map(object -> object.summary(BoxFormat.XYWH))
                .toList();
    }

    private static Response.ResponseBuilder answer(Read read) {
        return Response.status(read.image().isSettled() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(ImageView.of(read.image(), read.objects()));
    }
}
