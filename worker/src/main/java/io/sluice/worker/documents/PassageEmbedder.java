package io.sluice.worker.documents;

import io.sluice.documents.Passage;
import io.sluice.embedding.Embedder;
import io.sluice.embedding.QuantizedVector;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Embeds the passages of documents, one at a time and after the questions that wait. The model is loaded for the first document. */
@Singleton
class PassageEmbedder {

    /** A document of more is found by its words alone: it would take as long as a job that hangs. */
    static final int MAX_PASSAGES = 10_000;

    /** Passages that are held at a time. */
    private static final int PIECE = 100;

    private final Provider<Embedder> embedder;

    PassageEmbedder(Provider<Embedder> embedder) {
        this.embedder = embedder;
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
     * @param count number of passages in the file
     */
    Vectors embed(PassageFile file, int count) throws IOException, InterruptedException {
        Embedder model = embedder.get();
        List<byte[]> vectors = new ArrayList<>();
        if (count <= MAX_PASSAGES) {
            try (PassageFile.Reader reader = new PassageFile.Reader(file, count)) {
                List<Passage> next = reader.next(PIECE);
                while (!next.isEmpty()) {
                    for (Passage passage : next) {
                        vectors.add(
                                QuantizedVector.of(model.passage(passage.text()).vector()));
                    }
                    next = reader.next(PIECE);
                }
            }
        }
        return new Vectors(model.model(), vectors);
    }
}
