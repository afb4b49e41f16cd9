package io.sluice.settings;

import java.nio.file.Files;
import java.nio.file.Path;

/** Directory with the files of an embedding model. What they hold is checked when they are loaded. */
final class ModelDirectory {

    private ModelDirectory() {}

    /**
     * Checks that the files are there.
     *
     * @throws IllegalArgumentException if one is missing or cannot be read
     */
    static void check(String text) {
        Path directory = Path.of(text);
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("there is no such directory");
        }
        checkFile(directory.resolve("model.onnx"));
        Path vocabulary = directory.resolve("vocab.txt");
        checkFile(Files.exists(vocabulary) ? vocabulary : directory.resolve("tokenizer.json"));
    }

    private static void checkFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("it has no " + file.getFileName());
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "the user that the program runs as may not read its " + file.getFileName());
        }
    }
}
