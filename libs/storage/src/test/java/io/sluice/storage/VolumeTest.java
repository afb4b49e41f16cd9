package io.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Volumes that refuse: real ones, mounted in a user namespace of Linux, which takes no rights. Where there are no user namespaces, as on
 * macOS and under some containers, the tests are skipped.
 */
class VolumeTest {

    @TempDir
    Path folder;

    @BeforeEach
    void needsUserNamespaces() throws Exception {
        assumeTrue(
                run("mount -t tmpfs tmpfs \"$VOLUME\" && echo mounted").equals(List.of("mounted")),
                "no user namespaces");
    }

    @Test
    void aFullVolumeIsToldAndKeepsNothingOfTheObject() throws Exception {
        assertThat(run("mount -t tmpfs -o size=1m tmpfs \"$VOLUME\" && sh -c \"$PROGRAM\" - write-too-much"))
                .containsExactly("FULL", "objects: 0", "temporary files: 0", "written");
    }

    @Test
    void aVolumeWithoutSpaceForAnotherFileIsFull() throws Exception {
        assertThat(run("mount -t tmpfs -o nr_inodes=3 tmpfs \"$VOLUME\" && sh -c \"$PROGRAM\" - write"))
                .containsExactly("FULL");
    }

    @Test
    void aReadOnlyVolumeIsToldAndCanBeRead() throws Exception {
        assertThat(
                        run(
                                "mount -t tmpfs tmpfs \"$VOLUME\" && sh -c \"$PROGRAM\" - write && mount -o remount,ro \"$VOLUME\" && sh -c \"$PROGRAM\" - read-only"))
                .containsExactly("written", "READ_ONLY", "READ_ONLY", "READ_ONLY", "objects: 1");
    }

    @Test
    void aVolumeThatTheUserMayNotWriteToIsToldAsSuch() throws Exception {
        assertThat(
                        run(
                                "mount -t tmpfs -o mode=0555 tmpfs \"$VOLUME\" && setpriv --bounding-set -all sh -c \"$PROGRAM\" - write"))
                .containsExactly("ACCESS_DENIED");
    }

    /** Runs a script in a namespace of its own, and returns the lines it writes. */
    private List<String> run(String script) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment()
                .putAll(Map.of(
                        "VOLUME",
                                Files.createDirectories(folder.resolve("volume"))
                                        .toString(),
                        "JAVA", ProcessHandle.current().info().command().orElseThrow(),
                        "CLASSPATH", System.getProperty("java.class.path"),
                        "PROGRAM", "exec \"$JAVA\" " + VolumeProgram.class.getName() + " \"$VOLUME\" \"$@\""));
        try {
            Process started = shell.start();
            assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (IOException noSuchProgram) {
            return List.of();
        }
        return Files.readAllLines(output);
    }
}
