package io.sluice.e2e.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.e2e.Client;
import io.sluice.e2e.Client.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that post events over connections that they keep, and never try one again. What is not answered with 202 is a
 * failure, a connection that is refused or broken off too.
 */
final class Load implements AutoCloseable {

    private static final int CLIENTS = 10;

    private final URI api;
    private final long nanosBetweenPosts;
    private final String subject = "load-" + UUID.randomUUID();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * The outcome of it.
     *
     * @param failures what was answered in place of 202, or why there was no answer
     * @param lost accepted, and not stored as it was sent
     * @param duplicates stored more than once
     */
    record Outcome(int requests, List<String> failures, long lost, long duplicates, Duration slowest) {}

    private Load(URI api, int perSecond) {
        this.api = api;
        this.nanosBetweenPosts = Duration.ofSeconds(CLIENTS).toNanos() / perSecond;
    }

    /** Starts clients that post so many events a second, together, where the api is as fast. */
    static Load start(URI api, int perSecond) {
        Load load = new Load(api, perSecond);
        for (int i = 0; i < CLIENTS; i++) {
            load.clients.add(CompletableFuture.runAsync(load::post, task -> new Thread(task, "load").start()));
        }
        return load;
    }

    private void post() {
        Client client = new Client(api);
        long next = System.nanoTime();
        while (!stopped) {
            post(client, requests.incrementAndGet());
            next += nanosBetweenPosts;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void post(Client client, int number) {
        long begun = System.nanoTime();
        try {
            Answer answer = client.post("{\"subject\":\"%s\",\"payload\":%d}".formatted(subject, number));
            if (answer.status() == 202) {
                accepted.put(answer.id(), number);
            } else {
                failures.add(answer.status() + " " + answer.text());
            }
        } catch (AssertionError e) {
            failures.add(String.valueOf(e.getCause()));
        }
        slowestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
    }

    int requests() {
        return requests.get();
    }

    /** Waits for so many requests, beyond those that there are. */
    void awaitMore(int number) {
        int enough = requests() + number;
        await().atMost(Duration.ofMinutes(2)).until(() -> requests() >= enough);
    }

    /** Ends it, and reads back all that was accepted. */
    Outcome stop() {
        close();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> stored().size() >= accepted.size());
        List<JsonNode> stored = stored();
        Map<String, Integer> payloads = new ConcurrentHashMap<>();
        stored.forEach(message -> payloads.put(
                message.path("id").textValue(), message.path("payload").intValue()));
        long lost = accepted.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(payloads.get(entry.getKey())))
                .count();
        // Each was posted once: what is there more often than it was accepted was stored under another id.
        long duplicates = stored.size()
                - stored.stream()
                        .map(message -> message.path("payload"))
                        .distinct()
                        .count();
        return new Outcome(requests(), List.copyOf(failures), lost, duplicates, Duration.ofNanos(slowestNanos.get()));
    }

    private List<JsonNode> stored() {
        Client client = new Client(api);
        List<JsonNode> messages = new ArrayList<>();
        JsonNode page = page(client, "");
        page.path("items").forEach(messages::add);
        while (page.path("next").isTextual()) {
            page = page(client, "&cursor=" + page.path("next").textValue());
            page.path("items").forEach(messages::add);
        }
        return messages;
    }

    private JsonNode page(Client client, String cursor) {
        return client.get("/api/v1/messages?limit=500&subject=" + subject + cursor)
                .json();
    }

    @Override
    public void close() {
        stopped = true;
        clients.forEach(client -> client.exceptionally(e -> null).join());
    }
}
