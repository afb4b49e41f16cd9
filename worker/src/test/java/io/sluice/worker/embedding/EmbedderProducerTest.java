package io.sluice.worker.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.embedding.Embedder;
import io.sluice.settings.EmbeddingSettings;
import io.sluice.settings.Environment;
import io.sluice.testkit.SluiceServers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class EmbedderProducerTest {

    @Inject
    Embedder embedder;

    @Test
    void theModelComesWithTheProgram() throws InterruptedException {
        assertThat(embedder.model()).startsWith("all-minilm-l6-v2-q/");
        assertThat(embedder.passage("A text.").vector()).hasSize(384);
    }

    @Test
    void theSettingOfAModelThatCannotBeUsedIsNamed(@TempDir Path directory) throws IOException {
        // Given
        Files.writeString(directory.resolve("model.onnx"), "no network");
        Files.writeString(directory.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
        EmbeddingSettings settings =
                Environment.read(Map.of("EMBEDDING_MODEL", directory.toString())::get, EmbeddingSettings::new);

        // Then
        assertThatThrownBy(() -> new EmbedderProducer().embedder(settings))
                .isInstanceOf(UnusableEmbedderException.class)
                .hasMessageStartingWith(
                        "EMBEDDING_MODEL is a model that cannot be used: model.onnx is no network that ONNX Runtime can load");
    }
}
