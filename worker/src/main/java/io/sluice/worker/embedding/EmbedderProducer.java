package io.sluice.worker.embedding;

import io.sluice.embedding.Embedder;
import io.sluice.embedding.UnusableModelException;
import io.sluice.settings.EmbeddingSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** The embedder, which is loaded for the first bean that it is injected into, and takes no memory where there is none. */
@Dependent
class EmbedderProducer {

    /**
     * Loads the model.
     *
     * @throws UnusableEmbedderException if it cannot be used; the message names the setting
     */
    @Produces
    @Singleton
    Embedder embedder(EmbeddingSettings settings) {
        Optional<Path> model = settings.model();
        try {
            return model.isPresent() ? Embedder.of(model.get()) : Embedder.builtin();
        } catch (UnusableModelException e) {
            String which = model.map(path -> "EMBEDDING_MODEL is a model that cannot be used: ")
                    .orElse("The embedding model cannot be used: ");
            throw new UnusableEmbedderException(which + e.getMessage(), e);
        }
    }

    void close(@Disposes Embedder embedder) {
        embedder.close();
    }
}
