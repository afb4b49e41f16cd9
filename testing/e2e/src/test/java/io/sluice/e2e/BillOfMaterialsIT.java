package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The parts of a program as its build lists them, in CycloneDX. */
class BillOfMaterialsIT {

    static final Iterable<String> PROGRAMS = ProgramRun.PROGRAMS;

    @ParameterizedTest
    @FieldSource("PROGRAMS")
    void itHasWhatTheProgramIsShippedWithAndNothingElse(String program) throws IOException {
        // Given
        Path target = Path.of("../..", program, "target");
        JsonNode bill = new ObjectMapper().readTree(target.resolve("bom.json").toFile());

        // Then
        assertThat(bill.path("specVersion").textValue()).isEqualTo("1.6");
        Set<String> named = StreamSupport.stream(bill.path("components").spliterator(), false)
                .map(BillOfMaterialsIT::jar)
                .filter(jar -> !jar.startsWith("io.sluice.sluice-" + program))
                .collect(Collectors.toSet());
        assertThat(named)
                .isEqualTo(shipped(target.resolve("quarkus-app/lib")))
                .anyMatch(jar -> jar.startsWith("org.postgresql.postgresql-"))
                .anyMatch(jar -> jar.startsWith("org.apache.kafka.kafka-clients-"))
                .noneMatch(jar -> jar.contains("junit"));
    }

    private static String jar(JsonNode component) {
        return "%s.%s-%s.jar"
                .formatted(
                        component.path("group").textValue(),
                        component.path("name").textValue(),
                        component.path("version").textValue());
    }

    private static Set<String> shipped(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }
}
