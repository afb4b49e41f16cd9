package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/guides/logging.md} lists what the programs log. */
class LoggingGuideTest {

    private static final Pattern NAME = Pattern.compile("LogLine\\.of\\(\\s*\"([a-z-]+)\"");
    private static final Pattern FIELD = Pattern.compile("(?:with\\(\\s*|String CALLER = )\"(\\w+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w-]+)` \\|");

    @Test
    void itListsEveryNameAndEveryFieldAndNoOther() throws IOException {
        // Given
        Set<String> written = new TreeSet<>();
        for (String module : Set.of("libs/runtime", "api", "consumer", "worker")) {
            try (Stream<Path> files = Files.walk(Path.of("../..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    if (source.contains("LogLine")) {
                        written.addAll(found(NAME, source));
                        written.addAll(found(FIELD, source));
                    }
                }
            }
        }

        // When
        Set<String> listed = found(ROW, Files.readString(Path.of("../..", "docs", "guides", "logging.md")));

        // Then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(written);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).collect(Collectors.toSet());
    }
}
