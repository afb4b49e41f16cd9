package io.sluice.chaos;

import io.sluice.chaos.RowVerifier.Sent;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** The clients, which post events, change tasks and upload images from the creation of this object until its end. */
final class LoadGenerator {

    private static final int CLIENTS = 4;
    private static final int KEYS_EACH = 8;
    private static final int TASK_CLIENTS = 4;
    private static final int IMAGE_CLIENTS = 2;

    /** Ratio of events to changes of tasks. */
    private static final int EVENTS_PER_CHANGE = 5;

    /** Whatever the rate is: workers do not get faster with it. */
    private static final Duration BETWEEN_IMAGES = Duration.ofSeconds(1);

    private final List<LoadClient> clients;
    private final List<TaskClient> taskClients;
    private final List<ImageClient> imageClients;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Starts the clients.
     *
     * @param rate events a second that they post together while they are answered; changes of tasks, and images, come on top
     */
    LoadGenerator(String run, List<URI> apis, int rate, Traffic traffic) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        Duration interval =
                Duration.ofSeconds(1).multipliedBy(CLIENTS * KEYS_EACH).dividedBy(rate);
        clients = IntStream.range(0, CLIENTS * KEYS_EACH)
                .mapToObj(n -> new Series(run, n / KEYS_EACH + 1, n % KEYS_EACH + 1))
                .map(series -> new LoadClient(series, apis, http, interval, traffic))
                .toList();
        Duration betweenChanges = Duration.ofSeconds(1)
                .multipliedBy(TASK_CLIENTS * EVENTS_PER_CHANGE)
                .dividedBy(rate);
        taskClients = IntStream.rangeClosed(1, TASK_CLIENTS)
                .mapToObj(n -> new TaskClient(run + "/task-client-" + n, apis, http, betweenChanges, traffic))
                .toList();
        imageClients = IntStream.rangeClosed(1, IMAGE_CLIENTS)
                .mapToObj(n -> new ImageClient(n, apis, http, BETWEEN_IMAGES, traffic))
                .toList();
        clients.forEach(this::start);
        taskClients.forEach(this::start);
        imageClients.forEach(this::start);
    }

    private void start(Client client) {
        Thread thread = new Thread(client, client.name());
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    List<LoadClient> clients() {
        return clients;
    }

    /**
     * Ends each client after the acknowledgement of its last event.
     *
     * @return whether all ended within the limit
     */
    boolean end(Duration limit) throws InterruptedException {
        clients.forEach(Client::end);
        taskClients.forEach(Client::end);
        imageClients.forEach(Client::end);
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        boolean ended = threads.stream().noneMatch(Thread::isAlive);
        threads.forEach(Thread::interrupt);
        return ended;
    }

    List<Sent> sent() {
        return clients.stream()
                .map(client -> new Sent(client.series(), client.sent(), client.acknowledged()))
                .toList();
    }

    /** The last version of each task that was acknowledged, as all before it were. */
    Map<UUID, Integer> tasks() {
        Map<UUID, Integer> tasks = new HashMap<>();
        taskClients.forEach(client -> tasks.putAll(client.versions()));
        return tasks;
    }

    /** The images that were accepted. */
    Map<UUID, RenderedImage> images() {
        Map<UUID, RenderedImage> images = new HashMap<>();
        imageClients.forEach(client -> images.putAll(client.accepted()));
        return images;
    }

    /** Number of acknowledged events. */
    int acknowledged() {
        return clients.stream().mapToInt(LoadClient::acknowledged).sum();
    }

    /** Number of tasks of which a change can be in flight. */
    int tasksAtOnce() {
        return TASK_CLIENTS;
    }

    /** Number of acknowledged changes of tasks. */
    int changes() {
        return taskClients.stream().mapToInt(TaskClient::acknowledged).sum();
    }
}
