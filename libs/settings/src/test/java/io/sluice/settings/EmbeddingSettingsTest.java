package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingSettingsTest {

    private static EmbeddingSettings read(Map<String, String> variables) {
        return Environment.read(variables::get, EmbeddingSettings::new);
    }

    private static EmbeddingSettings read(Path directory) {
        return read(Map.of("EMBEDDING_MODEL", directory.toString()));
    }

    @Test
    void byDefaultItIsTheModelThatComesWithTheProgram() {
        assertThat(read(Map.of()).model()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "vocab.txt"})
    void aModelIsADirectoryOfItsFiles(String vocabulary, @TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve("model.onnx"));
        Files.createFile(directory.resolve(vocabulary));

        assertThat(read(directory).model()).contains(directory);
    }

    @Test
    void whatIsMissingIsNamed(@TempDir Path directory) throws IOException {
        String expected =
                "EMBEDDING_MODEL must be the path of a directory with model.onnx, and with tokenizer.json or vocab.txt; ";

        assertThatThrownBy(() -> read(directory.resolve("model")))
                .hasMessageContaining(expected + "there is no such directory");
        assertThatThrownBy(() -> read(directory)).hasMessageContaining(expected + "it has no model.onnx");
        Files.createFile(directory.resolve("model.onnx"));
        assertThatThrownBy(() -> read(directory)).hasMessageContaining(expected + "it has no tokenizer.json");
    }
}
