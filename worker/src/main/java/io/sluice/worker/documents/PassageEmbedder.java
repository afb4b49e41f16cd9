package io.sluice.worker.documents;

import io.sluice.documents.Passage;
import io.sluice.embedding.Embedder;
import io.sluice.embedding.QuantizedVector;
import io.sluice.worker.embedding.IngestPriority;
import io.sluice.worker.embedding.UnusableEmbedderException;
import io.sluice.worker.embedding.VectorTable;
import io.sluice.worker.jobs.Attempts;
import io.sluice.worker.jobs.Job;
import io.sluice.worker.jobs.OutageException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Embeds the passages of documents, one at a time and after the questions that wait. The model is loaded for the first document. */
@Singleton
class PassageEmbedder {

    /** Passages that are held at a time. */
    private static final int PIECE = 100;

    private final Provider<Embedder> embedder;
    private final Attempts attempts;
    private final IngestPriority priority;
    private volatile @Nullable String fault;

    PassageEmbedder(Provider<Embedder> embedder, Attempts attempts, IngestPriority priority) {
        this.embedder = embedder;
        this.attempts = attempts;
        this.priority = priority;
    }

    /**
     * Loads the model, if it is not loaded.
     *
     * @throws OutageException if it cannot be: no document is at fault
     */
    Embedder model() throws OutageException {
        try {
            Embedder model = embedder.get();
            fault = null;
            return model;
        } catch (UnusableEmbedderException e) {
            fault = e.getMessage();
            throw new OutageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The reason why the model could not be loaded when it was last needed; {@code null} if it could, or was not needed. */
    @Nullable String fault() {
        return fault;
    }

    /**
     * Vectors of the passages of a document.
     *
     * @param model that they are of
     * @param all in the order of the passages; none of a document that has too many
     */
    record Vectors(String model, List<byte[]> all) {}

    /**
     * Embeds all passages of a file, or none.
     *
     * @param job that goes on with each
     * @param count number of passages in the file
     */
    Vectors embed(Job job, PassageFile file, int count) throws IOException, OutageException, InterruptedException {
        Embedder model = model();
        List<byte[]> vectors = new ArrayList<>();
        if (count <= VectorTable.MAX_PASSAGES) {
            priority.begin();
            try (PassageFile.Reader reader = new PassageFile.Reader(file, count)) {
                List<Passage> next = reader.next(PIECE);
                while (!next.isEmpty()) {
                    for (Passage passage : next) {
                        attempts.goesOn(job);
                        String heading = Objects.requireNonNullElse(PassageTable.heading(passage), "");
                        vectors.add(QuantizedVector.of(
                                model.passage(heading, passage.text()).vector()));
                    }
                    next = reader.next(PIECE);
                }
            } finally {
                priority.end();
            }
        }
        return new Vectors(model.model(), vectors);
    }
}
