package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {

    private static final long MEMORY = 1L << 30;

    @TempDir
    Path root;

    @Test
    void hasTheLimitsOfVersion1() throws IOException {
        // Given
        Files.createDirectory(root.resolve("cpu"));
        Files.createDirectory(root.resolve("memory"));

        // When
        ControlGroup group = ControlGroup.make(root, 0.5, MEMORY).orElseThrow();

        // Then
        Path cpu = group.folders().get(0);
        assertThat(cpu).hasParent(root.resolve("cpu"));
        assertThat(cpu.resolve("cpu.cfs_quota_us")).hasContent("50000");
        assertThat(cpu.resolve("cpu.cfs_period_us")).hasContent("100000");
        Path memory = group.folders().get(1);
        assertThat(memory).hasParent(root.resolve("memory"));
        assertThat(memory.resolve("memory.limit_in_bytes")).hasContent("1073741824");
    }

    @Test
    void hasTheLimitsOfVersion2() throws IOException {
        // Given
        Files.createFile(root.resolve("cgroup.controllers"));

        // When
        ControlGroup group = ControlGroup.make(root, 0.5, MEMORY).orElseThrow();

        // Then
        assertThat(group.folders()).singleElement().satisfies(folder -> {
            assertThat(folder.resolve("cpu.max")).hasContent("50000 100000");
            assertThat(folder.resolve("memory.max")).hasContent("1073741824");
        });
    }

    @Test
    void isNotThereWhereNobodyMayMakeOne() {
        assertThat(ControlGroup.make(root.resolve("missing"), 0.5, MEMORY)).isEmpty();
    }

    @Test
    void isJoinedByAProcessBeforeItsFirstInstruction() throws Exception {
        // Given
        ControlGroup group = new ControlGroup(List.of(root));

        // When
        Process process = new ProcessBuilder(group.around(List.of(
                        "sh",
                        "-c",
                        "test \"$(cat \"$0\")\" = $$",
                        root.resolve("cgroup.procs").toString())))
                .start();

        // Then
        assertThat(process.waitFor()).isZero();
    }
}
