package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServersTest {

    @Test
    void ofOnesOwnCanBeKilledAndStartedAgain() {
        Path folder;
        try (Servers servers = Servers.start()) {
            // Given
            folder = servers.folder();
            Messages messages = new Messages(servers.addresses().databaseUrl());
            assertThat(messages.count()).isZero();

            // When
            servers.postgres().kill();
            servers.postgres().start();

            // Then
            assertThat(messages.count()).isZero();
            assertThat(servers.addresses()).isNotEqualTo(Servers.shared());
        }
        assertThat(folder).doesNotExist();
    }
}
