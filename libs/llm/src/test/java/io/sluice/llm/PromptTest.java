package io.sluice.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.llm.Prompt.Role;
import io.sluice.llm.Prompt.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {

    private static final Turn QUESTION = new Turn(Role.USER, "my secret question");
    private static final Turn ANSWER = new Turn(Role.ASSISTANT, "my secret answer");

    @Test
    void nothingThatWasSaidIsInWhatMayBeLogged() {
        String logged = new Prompt("my secret system", List.of(QUESTION, ANSWER, QUESTION), 100, 0.5).toString();

        assertThat(logged).doesNotContain("secret").contains("system=16 characters", "ASSISTANT, 16 characters");
    }

    @Test
    void theLastTurnIsTheUsers() {
        assertThatThrownBy(() -> new Prompt("", List.of(QUESTION, ANSWER), 100, 0))
                .hasMessage("The last turn must be the user's");
        assertThatThrownBy(() -> new Prompt("", List.of(), 100, 0)).hasMessage("The last turn must be the user's");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void theTemperatureIsFromZeroToOne(double temperature) {
        assertThatThrownBy(() -> new Prompt("", List.of(QUESTION), 100, temperature))
                .hasMessageContaining("from 0 to 1");
    }

    @Test
    void anAnswerHasAToken() {
        assertThatThrownBy(() -> new Prompt("", List.of(QUESTION), 0, 0)).hasMessageContaining("At least one token");
    }
}
