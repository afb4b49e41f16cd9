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
import org.junit.jupiter.params.provider.CsvSource;

class LogSettingsTest {

    @TempDir
    Path folder;

    @Test
    void byDefaultThereIsNoFile() {
        assertThat(read("").file("api", "api-5d9c")).isEmpty();
    }

    @Test
    void aFileIsTakenAsItIs() throws IOException {
        Path file = Files.createFile(folder.resolve("api.log"));

        assertThat(read(file.toString()).file("api", "api-5d9c")).contains(file);
    }

    @ParameterizedTest
    @CsvSource({"''", "/"})
    void inADirectoryEachProgramOfEachPodHasItsOwn(String end) {
        assertThat(read(folder + end).file("worker", "worker-7f4d")).contains(folder.resolve("worker-7f4d_worker.log"));
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere/, there is no such directory",
        "nowhere/api.log, there is no such directory",
        "api.log/, there is no such directory",
        "../../dev/null, it is no regular file",
    })
    void whatCannotBeWrittenToIsRefused(String path, String reason) throws IOException {
        Files.createFile(folder.resolve("api.log"));

        assertRefused(folder + "/" + path, reason);
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        assertRefused(folder + "/" + "x".repeat(300), "it cannot be opened as a file");
    }

    private static void assertRefused(String path, String reason) {
        assertThatThrownBy(() -> read(path))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The configuration is wrong:\n  LOG_FILE must be the path of a directory, or of a file in one, that"
                                + " can be written to; " + reason);
    }

    private static LogSettings read(String file) {
        return Environment.read(Map.of("LOG_FILE", file)::get, LogSettings::new);
    }
}
