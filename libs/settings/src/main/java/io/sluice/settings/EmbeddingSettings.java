package io.sluice.settings;

import java.nio.file.Path;
import java.util.Optional;

/** Model by which texts are embedded. */
public final class EmbeddingSettings {

    private final Optional<Path> model;

    /** Reads them. */
    public EmbeddingSettings(Environment environment) {
        model = environment.optional(Setting.EMBEDDING_MODEL).map(Path::of);
    }

    /** Directory of the model; empty for the one that comes with the program. */
    public Optional<Path> model() {
        return model;
    }
}
