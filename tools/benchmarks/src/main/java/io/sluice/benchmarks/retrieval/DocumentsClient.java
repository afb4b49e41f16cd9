package io.sluice.benchmarks.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Uploads documents, searches them and asks for answers over HTTP, at an api that asks for no token. */
public final class DocumentsClient {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final String DATA = "data: ";
    private static final int MOST_PASSAGES = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI api;

    /** A client of the api at an address. */
    public DocumentsClient(URI api) {
        this.api = api;
    }

    /**
     * Passages that were found.
     *
     * @param retrieval kind of ranking, {@code hybrid} or {@code lexical}
     * @param documents ids of their documents, each once, the best first
     */
    public record Found(String retrieval, List<String> documents) {}

    /**
     * Uploads a document.
     *
     * @return its id, which is that of another one with the same bytes
     * @throws IOException if it is refused
     */
    public String upload(SourceDocument document) throws IOException, InterruptedException {
        String name = URLEncoder.encode(document.id() + "." + document.extension(), StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(api.resolve("/api/v1/documents?name=" + name))
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(document.bytes())))
                .path("id")
                .asText();
    }

    /**
     * Waits until a document is ready.
     *
     * @throws IOException if it cannot be read, or not within half a minute
     */
    public void awaitReady(String id) throws IOException, InterruptedException {
        JsonNode document = send(HttpRequest.newBuilder(api.resolve("/api/v1/documents/" + id))
                .header("Prefer", "wait=20")
                .GET());
        if (!document.path("status").asText().equals("ready")) {
            throw new IOException("The document %s is not ready: %s"
                    .formatted(document.path("name").asText(), document));
        }
    }

    /** Searches, for as many passages as may be asked for. */
    public Found search(String question) throws IOException, InterruptedException {
        byte[] body = json.writeValueAsBytes(Map.of("query", question, "limit", MOST_PASSAGES));
        JsonNode found = send(HttpRequest.newBuilder(api.resolve("/api/v1/search"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
        List<String> documents = new ArrayList<>();
        found.path("items")
                .forEach(passage -> documents.add(passage.path("documentId").asText()));
        return new Found(
                found.path("retrieval").asText(), documents.stream().distinct().toList());
    }

    /**
     * Waits until a document is ready, however long that takes.
     *
     * @return number of its passages
     * @throws IOException if it cannot be read
     */
    public int awaitRead(String id) throws IOException, InterruptedException {
        while (true) {
            JsonNode document = send(HttpRequest.newBuilder(api.resolve("/api/v1/documents/" + id))
                    .header("Prefer", "wait=20")
                    .GET());
            switch (document.path("status").asText()) {
                case "ready" -> {
                    return document.path("passages").asInt();
                }
                case "failed" -> throw new IOException("The document was not read: " + document);
                default -> {}
            }
        }
    }

    /**
     * Asks a question, in a session of its own, and waits for the whole answer.
     *
     * @return kind of ranking that the answer rests on
     */
    public String chat(String question) throws IOException, InterruptedException {
        byte[] body = json.writeValueAsBytes(Map.of("question", question));
        return send(HttpRequest.newBuilder(api.resolve("/api/v1/chat"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body)))
                .path("retrieval")
                .asText();
    }

    /**
     * Asks a question, in a session of its own, and reads the answer as it is written, to its end.
     *
     * @return kind of ranking that the answer rests on
     * @throws IOException if the answer is not complete, or is not a model's
     */
    public String stream(String question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/api/v1/chat"))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(Map.of("question", question))))
                .build();
        HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            List<String> all = lines.toList();
            if (answer.statusCode() != OK || !all.contains("event: done")) {
                throw new IOException("The answer is not complete: %d %s".formatted(answer.statusCode(), all));
            }
            JsonNode sources = json.readTree(all.get(1).substring(DATA.length()));
            if (!sources.path("mode").asText().equals("generative")) {
                throw new IOException("The answer is not of the model: " + all);
            }
            return sources.path("retrieval").asText();
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != OK && answer.statusCode() != ACCEPTED) {
            throw new IOException("The api answered with %d: %s"
                    .formatted(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return json.readTree(answer.body());
    }
}
