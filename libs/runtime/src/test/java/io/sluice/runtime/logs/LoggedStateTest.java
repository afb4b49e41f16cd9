package io.sluice.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoggedStateTest {

    private final LoggedState<String> state = new LoggedState<>("well");

    @Test
    void onlyAChangeIsLogged() {
        assertThat(state.changesTo("well")).isFalse();
        assertThat(state.changesTo("away")).isTrue();
        assertThat(state.changesTo("away")).isFalse();
        assertThat(state.changesTo("well")).isTrue();
        assertThat(state.current()).isEqualTo("well");
    }
}
