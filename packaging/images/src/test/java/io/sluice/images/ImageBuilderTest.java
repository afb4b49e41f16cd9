package io.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The images as files, from a base that has no JVM: no registry takes part. */
class ImageBuilderTest {

    @TempDir
    Path folder;

    private StandInProject project;

    @BeforeEach
    void packagedPrograms() throws Exception {
        project = new StandInProject(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"init-job", "api", "consumer"})
    void everyProgramHasAnImageThatSaysWhatItIs(String program) throws Exception {
        // When
        project.make(project.settings());

        // Then
        ImageArchive image = new ImageArchive(project.archive(program));
        JsonNode labels = image.config().get("Labels");
        assertThat(image.name()).isEqualTo("registry.example.com/team/%s:1.2.3".formatted(program));
        assertThat(label(labels, "title")).isEqualTo("sluice-" + program);
        assertThat(label(labels, "version")).isEqualTo("1.2.3-SNAPSHOT");
        assertThat(label(labels, "licenses")).isEqualTo("Apache-2.0");
        assertThat(label(labels, "created")).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void aProgramRunsAsAUserOfItsOwnAndLeavesJavaToolOptionsToOthers() throws Exception {
        // When
        project.make(project.settings());

        // Then
        JsonNode config = new ImageArchive(project.archive("api")).config();
        assertThat(config.get("User").asText()).isEqualTo("1001:1001");
        assertThat(config.get("WorkingDir").asText()).isEqualTo("/deployments");
        assertThat(texts(config.get("Env"))).containsExactly("PATH=/usr/bin");
        assertThat(texts(config.get("Entrypoint"))).startsWith("java").endsWith("-jar", "/deployments/quarkus-run.jar");
        assertThat(config.get("ExposedPorts").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("8080/tcp", "9000/tcp");
    }

    @Test
    void whatProgramsShareIsALayerThatTheyShare() throws Exception {
        // When
        project.make(project.settings());

        // Then
        ImageArchive api = new ImageArchive(project.archive("api"));
        ImageArchive consumer = new ImageArchive(project.archive("consumer"));
        assertThat(api.filesOf(0)).containsExactly("deployments/lib/main/shared.jar");
        assertThat(api.filesOf(1)).containsExactly("deployments/lib/main/differs.jar", "deployments/lib/main/own.jar");
        assertThat(api.filesOf(2))
                .containsExactlyInAnyOrder(
                        "deployments/app/sluice-api.jar",
                        "deployments/lib/main/io.sluice.sluice-contract.jar",
                        "deployments/quarkus-run.jar");
        assertThat(consumer.digests().get(0)).isEqualTo(api.digests().get(0));
    }

    @Test
    void filesBelongToRootAndHaveOneTime() throws Exception {
        // When
        project.make(project.settings());

        // Then
        ImageArchive image = new ImageArchive(project.archive("api"));
        List<TarArchiveEntry> entries = new ArrayList<>();
        for (int layer = 0; layer < image.digests().size(); layer++) {
            entries.addAll(image.layer(layer));
        }
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getMode() & 022).as("may be written by others").isZero();
            assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(Instant.ofEpochSecond(1));
        });
    }

    @Test
    void theSameFilesMakeTheSameImage(@TempDir Path elsewhere) throws Exception {
        // Given
        StandInProject other = new StandInProject(elsewhere);

        // When
        project.make(project.settings());
        other.make(other.settings());

        // Then
        assertThat(project.archive("api")).hasSameBinaryContentAs(other.archive("api"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whereTheBaseHasNoJvmTheImageIsPlainAndALineSaysSo() throws Exception {
        // When
        String said = project.make(project.settings());

        // Then
        assertThat(said.lines())
                .containsOnlyOnce(
                        "The images have no AOT cache, and the programs take longer to start: the base sets no JAVA_HOME.");
        assertThat(texts(new ImageArchive(project.archive("api")).config().get("Entrypoint")))
                .noneMatch(argument -> argument.contains("AOT"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "echo 'openjdk version \"17.0.9\"' | the base has Java 17, and caches take 25",
                "exit 127                         | the base's JVM does not run on this machine",
                "[ $# = 1 ] && echo 'version \"99\"' | the base's JVM does not know -XX:Tier0InvokeNotifyFreqLog=9",
                "[ $# != 3 ] && echo 'version \"99\"' | the base's JVM does not know -XX:+UnlockDiagnosticVMOptions",
            })
    @EnabledOnOs(OS.LINUX)
    void whereTheJvmOfTheBaseRecordsNothingTheImageIsPlainAndALineSaysWhy(String java, String reason) throws Exception {
        // Given
        Properties settings = project.settings();
        settings.setProperty("image.base", "tar://" + project.baseWithJava(java));

        // When
        String said = project.make(settings);

        // Then
        assertThat(said).contains("The images have no AOT cache").contains(reason);
        assertThat(project.archive("consumer")).exists();
    }

    @Test
    void anImageForOtherProcessorsIsPlainAndALineSaysSo() throws Exception {
        // Given
        Properties settings = project.settings();
        settings.setProperty("image.platform", "linux/riscv64");
        settings.setProperty("image.base", "tar://" + project.baseFor("riscv64"));

        // When
        String said = project.make(settings);

        // Then
        assertThat(said).contains("The images have no AOT cache").contains("they are for linux/riscv64");
        assertThat(new ImageArchive(project.archive("api")).architecture()).isEqualTo("riscv64");
    }

    @Test
    void aBaseForOtherProcessorsIsRefused() throws Exception {
        // Given
        Properties settings = project.settings();
        settings.setProperty("image.base", "tar://" + project.baseFor("riscv64"));

        // When
        assertThatThrownBy(() -> project.make(settings))

                // Then
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("is for linux/riscv64")
                .hasMessageContaining("or add -Dimage.platform=linux/riscv64");
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "image.tag    | latest                        | leave it out for the project's version",
                "image.tag    | two words                     | make no name of an image",
                "image.prefix | Team/Sluice                   | make no name of an image",
                "image.base   | no image                      | image.base is no name of an image",
                "image.base   | tar:///nowhere.tar            | NoSuchFileException",
                "image.platform | windows/amd64             | must be as in linux/amd64",
                "image.platform | linux/amd64,linux/arm64   | one of them",
                "image.push   | yes                           | must be true or false",
            })
    void whatIsWrongIsALineWithItsRemedy(String property, String value, String message) throws Exception {
        // Given
        Properties settings = project.settings();
        settings.setProperty(property, value);

        // When
        assertThatThrownBy(() -> project.make(settings))

                // Then
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aProgramThatIsNotPackagedIsNamed() throws Exception {
        // Given
        ImageSettings settings = ImageSettings.of(project.settings());
        FileUtils.deleteDirectory(project.root().resolve("init-job/target").toFile());

        // When
        assertThatThrownBy(() -> new ImageBuilder(settings, project.root(), System.out).build())

                // Then
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("init-job/target/quarkus-app is missing");
    }

    private static String label(JsonNode labels, String name) {
        return labels.get("org.opencontainers.image." + name).asText();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
