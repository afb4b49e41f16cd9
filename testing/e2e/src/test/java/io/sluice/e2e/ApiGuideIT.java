package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.ReadmeSteps.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The requests of {@code docs/guides/api.md} are answered as it shows. */
class ApiGuideIT {

    private static final Path GUIDE = Path.of("../..", "docs", "guides", "api.md");
    private static final String ADDRESS = "http://localhost:8080";
    private static final String KEY = "order-7301";

    @Test
    void itsRequestsAreAnsweredAsItShows() throws Exception {
        // Given
        new Table().execute("delete from messages where key = '" + KEY + "'");
        String guide = Files.readString(GUIDE);
        assertThat(guide).contains(ADDRESS, KEY);
        ReadmeSteps steps = ReadmeSteps.in(guide.replace(ADDRESS, Sluice.api().toString()));

        // When
        List<Ran> ran = steps.run();

        // Then
        assertThat(ran).hasSizeGreaterThan(12).allSatisfy(ApiGuideIT::printsWhatTheGuideShows);
    }

    private static void printsWhatTheGuideShows(Ran ran) {
        assertThat(ran.succeeded())
                .as("%s%s", ran.step().commands(), ran.printed())
                .isTrue();
        ran.step().output().ifPresent(output -> assertThat(lines(ran.printed()))
                .as(ran.step().commands())
                .isEqualTo(lines(output)));
    }

    /** Without what is another one each time. Ids stay: they are chosen, or made of what is. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                        .replaceAll("\"(next|position)\":\"[^\"]+\"", "\"$1\":CURSOR"))
                .toList();
    }
}
