package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.ReadmeSteps.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests of the guide to the messages API are answered as it shows them. */
class ApiGuideIT {

    private static final Path ROOT = Path.of("../..");
    private static final String STEP = "```sh\nexport SLUICE_URL=%s\n```\n%s";

    @ParameterizedTest
    @CsvSource({"docs/guides/api.md, order-7301, 15", "examples/clients/README.md, order-7302, 3"})
    void itsRequestsAreAnsweredAsItShows(Path file, String key, int steps) throws Exception {
        // Given
        new Table().execute("delete from messages where key = '" + key + "'");
        String text = Files.readString(ROOT.resolve(file));
        String api = Sluice.api().toString();

        // When
        List<Ran> ran = ReadmeSteps.in(STEP.formatted(api, text.replace("http://localhost:8080", api)))
                .run();

        // Then
        assertThat(ran)
                .hasSizeGreaterThanOrEqualTo(steps)
                .allSatisfy(step -> step.printsWhatIsShown(ApiGuideIT::lines));
    }

    /** Without what is another one each time. Ids stay: they are chosen, or made of what is. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                        .replaceAll("\"(next|position)\":\"[^\"]+\"", "\"$1\":CURSOR"))
                .toList();
    }
}
