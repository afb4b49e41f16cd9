package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.Client.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The promise, while nothing fails: what was answered with 202 is stored exactly once. */
class ExactlyOnceIT {

    private static final int CLIENTS = 8;
    private static final int EVENTS_EACH = 1_250;

    private final Table table = new Table();

    @Test
    void tenThousandEventsOfEightClientsAreAllThereOnceByteForByte() {
        // Given
        String subject = "load-" + UUID.randomUUID();
        List<Callable<Map<UUID, String>>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String name = "client-" + client;
            clients.add(() -> postAll(subject, name));
        }

        // When
        Map<UUID, String> acknowledged = new HashMap<>();
        AtOnce.run(clients).forEach(acknowledged::putAll);

        // Then
        assertThat(acknowledged).hasSize(CLIENTS * EVENTS_EACH);
        await().until(() -> table.withSubject(subject).size() >= acknowledged.size());
        assertThat(table.payloads(subject)).isEqualTo(acknowledged);
    }

    private static Map<UUID, String> postAll(String subject, String key) {
        Client client = Sluice.client();
        Map<UUID, String> acknowledged = new HashMap<>();
        for (int i = 0; i < EVENTS_EACH; i++) {
            String payload = "{ \"client\": \"%s\", \"number\": %d, \"text\": \"ä€😀\" }".formatted(key, i);
            Answer answer =
                    client.post("{\"key\":\"%s\",\"subject\":\"%s\",\"payload\":%s}".formatted(key, subject, payload));
            assertThat(answer.status()).isEqualTo(202);
            acknowledged.put(UUID.fromString(answer.id()), payload);
        }
        return acknowledged;
    }
}
