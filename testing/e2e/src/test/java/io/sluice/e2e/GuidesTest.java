package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that a guide refers to exists. */
class GuidesTest {

    private static final Path GUIDES = Path.of("../..", "docs", "guides");

    @ParameterizedTest
    @ValueSource(strings = {"limits.md", "reliability.md", "security.md"})
    void eachTestThatItNamesExists(String guide) throws IOException {
        Set<String> named = Pattern.compile("`(\\w*[a-z0-9](?:Test|IT))`")
                .matcher(Files.readString(GUIDES.resolve(guide)))
                .results()
                .map((MatchResult result) -> result.group(1) + ".java")
                .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(5);
        assertThat(files()).containsAll(named);
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../.."))) {
            return files.filter(file -> file.toString().contains("src/test/java"))
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }
}
