package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @Test
    void twoThatUnpackAtOnceGetTheSameWholeFolder(@TempDir Path folder) throws IOException {
        // Given
        Path original = Installation.ofThisBuild().postgresqlJar();
        Path jar = Files.copy(original, folder.resolve(original.getFileName()));
        ConcurrentLinkedQueue<Path> unpacked = new ConcurrentLinkedQueue<>();
        Runnable unpacking = () -> unpacked.add(new PostgresBinaries(jar).unpacked());

        // When
        Parallel.run(Collections.nCopies(2, unpacking));

        // Then
        assertThat(unpacked).hasSize(2);
        assertThat(List.copyOf(unpacked).get(0)).isEqualTo(List.copyOf(unpacked).get(1));
        assertThat(unpacked.peek().resolve("bin/postgres")).isExecutable();
        assertThat(entries(folder)).containsExactlyInAnyOrder(jar, unpacked.peek());
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
