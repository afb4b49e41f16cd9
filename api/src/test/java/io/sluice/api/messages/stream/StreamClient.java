package io.sluice.api.messages.stream;

import static io.sluice.testkit.Await.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows a stream on a thread of its own, until it is closed. */
final class StreamClient implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<Stream<String>> response;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private StreamClient(HttpResponse<Stream<String>> response) {
        this.response = response;
    }

    static StreamClient open(URI api, String query, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve("/api/v1/messages/stream" + query))
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        StreamClient client = new StreamClient(HTTP.send(request.build(), BodyHandlers.ofLines()));
        Thread reading = new Thread(client::read, "stream-client");
        reading.setDaemon(true);
        reading.start();
        return client;
    }

    int status() {
        return response.statusCode();
    }

    private void read() {
        List<String> lines = new ArrayList<>();
        try {
            response.body().forEach(line -> {
                if (line.isEmpty()) {
                    received.add(Received.of(lines));
                    lines.clear();
                } else {
                    lines.add(line);
                }
            });
        } catch (UncheckedIOException closed) {
            // By the test, or with the connection.
        }
        ended = true;
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    List<Received> messages() {
        return received.stream().filter(Received::isMessage).toList();
    }

    Received awaitFirst(Predicate<Received> wanted) {
        await().until(() -> received.stream().anyMatch(wanted));
        return received.stream().filter(wanted).findFirst().orElseThrow();
    }

    List<Received> awaitMessages(int count) {
        await().until(() -> messages().size() >= count);
        return messages();
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public void close() {
        response.body().close();
    }
}
