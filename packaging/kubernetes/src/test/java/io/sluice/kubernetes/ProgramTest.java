package io.sluice.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgramTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern ARTIFACT = Pattern.compile("<dependency>.*<artifactId>sluice-([^<]+)</artifactId>");

    @Test
    void aModuleWithResourcesForKubernetesIsAProgram() throws IOException {
        // When
        List<Program> programs = Program.all(ROOT);

        // Then
        assertThat(programs).extracting(Program::name).contains("api", "consumer", "init-job");
        assertThat(programs)
                .filteredOn(Program::isDeployment)
                .extracting(Program::name)
                .doesNotContain("init-job");
        assertThat(programs).extracting(Program::valuesKey).contains("api", "consumer", "initJob");
    }

    /** A program that is missing there may be built after its image and its manifests. */
    @Test
    void mavenBuildsEachProgramBeforeWhatIsMadeOfThem() throws IOException {
        // Given
        String pom = Files.readString(ROOT.resolve("packaging/programs/pom.xml"));

        // When
        List<String> dependencies = ARTIFACT.matcher(pom)
                .results()
                .map(artifact -> artifact.group(1))
                .toList();

        // Then
        assertThat(dependencies)
                .as("the dependencies of packaging/programs/pom.xml, against the programs among the modules of pom.xml")
                .containsExactlyInAnyOrderElementsOf(
                        Program.all(ROOT).stream().map(Program::name).toList());
    }

    @Test
    void scriptsAreToldTheSamePrograms() throws Exception {
        // When
        Process list =
                new ProcessBuilder(ROOT.resolve("packaging/programs/list").toString()).start();
        String listed = new String(list.getInputStream().readAllBytes(), UTF_8);

        // Then
        assertThat(list.waitFor()).isZero();
        assertThat(listed.lines())
                .containsExactlyElementsOf(
                        Program.all(ROOT).stream().map(Program::name).toList());
    }
}
