package io.sluice.api.documents;

import io.quarkus.runtime.Startup;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.database.RowAwaiter;
import io.sluice.api.database.RowAwaiters;
import io.sluice.api.http.headers.WaitPreference;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Answers with a document; for a client that would rather wait, once it is ready or failed. */
@Startup
@ApplicationScoped
class DocumentAwaiter {

    private final DocumentRepository repository;
    private final DatabaseCalls database;
    private final RowAwaiter<UUID> documents;

    DocumentAwaiter(DocumentRepository repository, RowAwaiters awaiters, DatabaseCalls database) {
        this.repository = repository;
        this.database = database;
        documents = awaiters.of("documents", repository::settled);
    }

    /**
     * Answers with a document that has just been written, or as {@link #read} for a client that would rather wait.
     *
     * @param ifUnavailable what clients are told if it cannot be read again
     */
    Uni<Response.ResponseBuilder> answer(Document document, MultiMap headers, String ifUnavailable) {
        return WaitPreference.of(headers.getAll(WaitPreference.HEADER)).isPresent()
                ? read(document.id(), document.owner(), headers, ifUnavailable)
                : Uni.createFrom().item(shown(document));
    }

    /**
     * Reads a document that the caller can read. The status is 202 until it is ready or failed, else 200.
     *
     * @param ifUnavailable what clients are told if it cannot be read
     */
    Uni<Response.ResponseBuilder> read(UUID id, String caller, MultiMap headers, String ifUnavailable) {
        Optional<Duration> wait = WaitPreference.of(headers.getAll(WaitPreference.HEADER));
        return documents
                .read(
                        id,
                        wait.orElse(Duration.ZERO),
                        () -> repository.find(id, caller).orElseThrow(DocumentProblems::notFound),
                        Document::isSettled,
                        database,
                        ifUnavailable)
                .map(DocumentAwaiter::shown)
                .invoke(answer -> wait.ifPresent(
                        duration -> answer.header("Preference-Applied", "wait=" + duration.toSeconds())));
    }

    /** The answer with a document: the status is 202 until it is ready or failed, else 200. */
    static Response.ResponseBuilder shown(Document document) {
        return Response.status(document.isSettled() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(DocumentView.of(document))
                .header("ETag", document.tag().toString());
    }
}
