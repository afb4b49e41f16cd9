package io.sluice.api.messages;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.messages.status.MessageStatus;
import io.sluice.api.messages.status.StatusStore;
import io.sluice.api.messages.stored.MessageJson;
import io.sluice.api.messages.stored.MessageStore;
import io.sluice.api.messages.stored.StorageAwaiter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers with one message, or with what has become of it; where the client would rather wait, once it is known. */
@ApplicationScoped
class MessageAnswers {

    private final MessageStore store;
    private final StatusStore statuses;
    private final StorageAwaiter awaiter;
    private final DatabaseCalls database;

    MessageAnswers(MessageStore store, StatusStore statuses, StorageAwaiter awaiter, DatabaseCalls database) {
        this.store = store;
        this.statuses = statuses;
        this.awaiter = awaiter;
        this.database = database;
    }

    /**
     * Answers with what is stored under an id.
     *
     * @return fails with {@link ProblemCode#NOT_FOUND} or {@link ProblemCode#ERASED}, or as {@link DatabaseCalls#read}
     */
    Uni<RestResponse<byte[]>> message(UUID id, String caller, Optional<Duration> wait) {
        return found(id, caller, wait, () -> store.find(id, caller))
                .flatMap(found -> found.isPresent()
                        ? Uni.createFrom().item(answer(MessageJson.of(found.get()), wait))
                        : database.read(() -> statuses.find(id, caller))
                                .flatMap(status -> absent(id, notStored(status))));
    }

    /**
     * Answers with what has become of the event that this caller has sent under an id.
     *
     * @return fails as {@link #message} does
     */
    Uni<RestResponse<MessageStatus>> status(UUID id, String caller, Optional<Duration> wait) {
        return found(id, caller, wait, () -> statuses.find(id, caller))
                .flatMap(found ->
                        found.isPresent() ? Uni.createFrom().item(answer(found.get(), wait)) : absent(id, unknown()));
    }

    private <T> Uni<Optional<T>> found(UUID id, String caller, Optional<Duration> wait, Supplier<Optional<T>> find) {
        return database.read(find)
                .flatMap(found ->
                        found.isPresent() || wait.isEmpty() || wait.get().isZero()
                                ? Uni.createFrom().item(found)
                                : awaiter.untilSettled(id, caller, wait.get()).flatMap(settled -> database.read(find)));
    }

    /** Fails with this problem, or with that of an event that was erased. */
    private <T> Uni<T> absent(UUID id, ProblemException unlessErased) {
        return database.read(() -> store.isErased(id)).map(erased -> {
            throw erased
                    ? ProblemException.of(
                            ProblemCode.ERASED,
                            "The event was erased. Its id stays taken: sent again, it is not stored again.")
                    : unlessErased;
        });
    }

    private static <T> RestResponse<T> answer(T entity, Optional<Duration> wait) {
        ResponseBuilder<T> response = ResponseBuilder.ok(entity);
        wait.ifPresent(duration -> response.header("Preference-Applied", "wait=" + duration.toSeconds()));
        return response.build();
    }

    private static ProblemException notStored(Optional<MessageStatus> status) {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                status.filter(MessageStatus::hasFailed)
                        .map(dead ->
                                "The event could not be stored, and is a dead letter: %s. Its status says the same."
                                        .formatted(dead.reason()))
                        .orElse("No message is stored under this id. One that was answered with 202 is stored soon; "
                                + "wait for it with the header Prefer: wait=5."));
    }

    private static ProblemException unknown() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "Nothing is known of an event that you have sent under this id. One that was answered with 202 is stored, or a dead "
                        + "letter, soon; wait for it with the header Prefer: wait=5.");
    }
}
