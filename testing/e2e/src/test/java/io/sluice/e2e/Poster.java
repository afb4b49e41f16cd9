package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.Client.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A client that posts one event after the other in the background, and whose every event has to be accepted. */
final class Poster implements AutoCloseable {

    /** There is work all the time, and time for others on a small machine. */
    private static final Duration BETWEEN_POSTS = Duration.ofMillis(5);

    private final String subject = "posted-" + UUID.randomUUID();
    private final Map<UUID, String> acknowledged = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> end;
    private volatile boolean stopped;

    private Poster(Client client) {
        end = CompletableFuture.runAsync(() -> post(client), task -> new Thread(task, "poster").start());
    }

    static Poster start(URI api) {
        return new Poster(new Client(api));
    }

    private void post(Client client) {
        for (int number = 0; !stopped; number++) {
            String payload = "{ \"number\": " + number + " }";
            Answer answer = client.post("{\"subject\":\"%s\",\"payload\":%s}".formatted(subject, payload));
            assertThat(answer.status())
                    .as(() -> new String(answer.body(), UTF_8))
                    .isEqualTo(202);
            acknowledged.put(UUID.fromString(answer.id()), payload);
            LockSupport.parkNanos(BETWEEN_POSTS.toNanos());
        }
    }

    /** Waits until some more events are acknowledged. */
    void awaitSomeMore() {
        int enough = acknowledged.size() + 50;
        await().until(() -> {
            if (end.isDone()) {
                end.join();
            }
            return acknowledged.size() >= enough;
        });
    }

    /** Ends with the event under way, and fails if any was not accepted. */
    void stop() {
        stopped = true;
        end.join();
    }

    int count() {
        return acknowledged.size();
    }

    /** Waits until all that was acknowledged until now is stored. */
    void awaitStored(Table table, Duration atMost) {
        int enough = acknowledged.size();
        await().atMost(atMost).until(() -> table.withSubject(subject).size() >= enough);
    }

    /** Checks that the table holds just what was acknowledged, byte for byte. To be asked when it has stopped. */
    void assertAllStoredOnce(Table table) {
        assertThat(table.payloads(subject)).isEqualTo(acknowledged);
    }

    @Override
    public void close() {
        stopped = true;
        end.exceptionally(e -> null).join();
    }
}
