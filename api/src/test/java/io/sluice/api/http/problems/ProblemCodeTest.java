package io.sluice.api.http.problems;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {

    @ParameterizedTest
    @EnumSource
    void everyCodeHasAPageThatShowsItAndSaysWhatToDo(ProblemCode code) throws IOException {
        String page = page(code);

        assertThat(page)
                .startsWith("# " + code.title() + "\n\n`" + code.status() + " ")
                .contains("`" + code.code() + "`", "**What to do:**");
        JsonObject example = new JsonObject(page.replaceAll("(?s).*```json\n(.*?)```.*", "$1"));
        assertThat(example.getString("type")).isEqualTo(code.type());
        assertThat(example.getString("title")).isEqualTo(code.title());
        assertThat(example.getInteger("status")).isEqualTo(code.status());
        assertThat(example.getString("code")).isEqualTo(code.code());
    }

    /** The page as the program has it. */
    private static String page(ProblemCode code) throws IOException {
        try (InputStream page = ProblemCode.class.getResourceAsStream("/META-INF/resources" + code.type())) {
            assertThat(page).as(code.type()).isNotNull();
            return new String(page.readAllBytes(), UTF_8);
        }
    }

    @Test
    void everyPageBelongsToACode() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("..", "docs", "problems"))) {
            assertThat(pages.map(page -> "/problems/" + page.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(ProblemCode.values())
                            .map(ProblemCode::type)
                            .toList());
        }
    }
}
