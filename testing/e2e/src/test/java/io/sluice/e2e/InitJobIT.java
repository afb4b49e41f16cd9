package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** init-job can be run at any time, as often as anybody likes. */
class InitJobIT {

    @Test
    void aSecondRunChangesNothingAndEventsGoOn() {
        // Given
        Client client = Sluice.client();
        String before = client.post("{\"payload\":\"before\"}").id();

        // When
        Sluice.platform().initJob().run();

        // Then
        String after = client.post("{\"payload\":\"after\"}").id();
        assertThat(client.read(before).status()).isEqualTo(200);
        assertThat(client.read(after).status()).isEqualTo(200);
    }
}
