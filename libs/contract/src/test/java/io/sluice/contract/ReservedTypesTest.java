package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedTypesTest {

    @ParameterizedTest
    @ValueSource(strings = {"task.created", "task.", "image.analysed", "document.indexed.v2"})
    void thoseOfFeaturesAreReserved(String type) {
        assertThat(ReservedTypes.contains(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "task", "tasks.created", "Task.created", "my.task.created", " task.created"})
    void othersAreTheClients(String type) {
        assertThat(ReservedTypes.contains(type)).isFalse();
    }
}
