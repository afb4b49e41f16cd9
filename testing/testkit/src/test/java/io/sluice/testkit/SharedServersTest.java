package io.sluice.testkit;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedServersTest {

    @Test
    void areStartedOnceHoweverOftenTheirClassIsLoaded() throws Exception {
        // Given
        Servers.Addresses first = Servers.shared();

        // When
        Object again;
        try (URLClassLoader other = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> servers = other.loadClass(Servers.class.getName());
            assertThat(servers).isNotSameAs(Servers.class);
            again = servers.getMethod("shared").invoke(null);
        }

        // Then
        assertThat(again).hasToString(first.toString());
    }

    @Test
    void goWithTheirJvmHoweverItEnds() throws Exception {
        // Given
        Path output = Files.createTempFile("sluice-test", ".out");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsServersAndWaits.class.getName())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().until(() -> Files.readString(output).endsWith("\n") || !jvm.isAlive());
        List<ProcessHandle> servers = jvm.descendants().toList();
        assertThat(servers).hasSizeGreaterThan(2);

        // When
        jvm.destroyForcibly();

        // Then
        await().untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
        assertThat(Path.of(Files.readString(output).strip())).doesNotExist();
        Files.delete(output);
    }

    /** Prints the folder of the servers when they have started. */
    static final class StartsServersAndWaits {

        public static void main(String[] args) throws InterruptedException {
            Servers servers = Servers.start();
            Reaper.await(servers);
            System.out.println(servers.folder());
            Thread.currentThread().join();
        }
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(SharedServersTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
