package io.sluice.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {

    @ParameterizedTest
    @EnumSource
    void everyCodeHasAPageThatTellsItsStatusAndWhatToDo(ProblemCode code) throws IOException {
        try (InputStream page = getClass().getResourceAsStream("/META-INF/resources" + code.type())) {
            assertThat(page).as(code.type()).isNotNull();
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(
                            "# " + code.title(), "`" + code.status() + " ", "`" + code.code() + "`", "**What to do:**");
        }
    }
}
