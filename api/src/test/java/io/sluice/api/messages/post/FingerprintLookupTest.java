package io.sluice.api.messages.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.messages.stored.MessageStore;
import io.sluice.testkit.SluiceServers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class FingerprintLookupTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final MessageStore store;

    FingerprintLookupTest(MessageStore store) {
        this.store = store;
    }

    @Test
    void whereNobodyLooksUpAnyMoreNothingIsFoundAndNobodyFails() {
        // Given
        FingerprintLookup lookup = new FingerprintLookup(store, new SimpleMeterRegistry());
        List<UUID> ids = List.of(UUID.randomUUID(), UUID.randomUUID());

        // When
        lookup.stop();

        // Then: at once
        assertThat(lookup.findAll(ids, TIMEOUT).await().atMost(TIMEOUT.dividedBy(2)))
                .isEmpty();
        assertThat(lookup.find(ids.get(0), TIMEOUT).await().atMost(TIMEOUT.dividedBy(2)))
                .isEmpty();
    }
}
