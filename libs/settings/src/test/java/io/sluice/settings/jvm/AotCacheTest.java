package io.sluice.settings.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked of processes of this test's own JVM, which from Java 25 on can record a cache in one go. */
class AotCacheTest {

    @TempDir
    Path folder;

    /** The program that the processes run. */
    static final class Program {
        public static void main(String... arguments) {
            System.out.println(AotCache.ofThisProcess());
        }
    }

    @Test
    void aProcessThatWasGivenNoCacheHasNone() throws Exception {
        assertThat(run(jar())).isEqualTo("NONE");
    }

    @Test
    void aCacheThatFitsIsInUse() throws Exception {
        // Given
        Path jar = jar();
        String option = recorded(jar);

        // When
        String state = run(jar, option);

        // Then
        assertThat(state).isEqualTo("IN_USE");
    }

    @Test
    void aCacheThatIsBrokenOrForAnotherJvmIsNotUsable() throws Exception {
        // Given
        Path jar = jar();
        String option = recorded(jar);

        // When
        String otherwise = run(jar, option, "-XX:-UseCompressedOops");
        Files.writeString(folder.resolve("app.aot"), "broken");
        String broken = run(jar, option);
        Files.delete(folder.resolve("app.aot"));
        String gone = run(jar, option);

        // Then
        assertThat(List.of(otherwise, broken, gone)).containsOnly("NOT_USABLE");
    }

    private String recorded(Path jar) throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
        Path cache = folder.resolve("app.aot");
        run(jar, "-XX:AOTCacheOutput=" + cache);
        return "-XX:AOTCache=" + cache;
    }

    /** A cache takes classes of jars alone. */
    private Path jar() throws IOException {
        Path jar = folder.resolve("program.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (Class<?> type : List.of(AotCache.class, Program.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                entries.putNextEntry(new JarEntry(name));
                type.getClassLoader().getResourceAsStream(name).transferTo(entries);
            }
        }
        return jar;
    }

    /** The last line of what the program says, behind what the JVM may have to say. */
    private static String run(Path jar, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", jar.toString(), Program.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output.lines().reduce((former, last) -> last).orElse("");
    }
}
