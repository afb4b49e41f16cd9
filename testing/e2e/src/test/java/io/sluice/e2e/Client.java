package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contract.json.JsonMember;
import io.sluice.contract.json.JsonScanner;
import io.sluice.contract.json.JsonSyntaxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The requests that a user makes with curl. */
public final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "a7cdf1e0";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI api;
    private final String[] credentials;

    /** One without a token. */
    public Client(URI api) {
        this.api = api;
        this.credentials = new String[0];
    }

    /** One with a token. */
    public Client(URI api, String token) {
        this.api = api;
        this.credentials = new String[] {"Authorization", "Bearer " + token};
    }

    /** An answer of the api. */
    public record Answer(int status, byte[] body, HttpResponse<byte[]> response) {

        /** The body, which is text. */
        public String text() {
            return new String(body, UTF_8);
        }

        /** The body; fails if it is not JSON. */
        public JsonNode json() {
            return Client.json(text());
        }

        /** The id of the event that the answer is about. */
        public String id() {
            return json().get("id").textValue();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The payload of a message, as the very bytes that stand in the answer. */
        byte[] payload() {
            try {
                JsonMember payload = JsonScanner.members(body, 500).stream()
                        .filter(member -> member.name().equals("payload"))
                        .findFirst()
                        .orElseThrow();
                return Arrays.copyOfRange(body, payload.start(), payload.end());
            } catch (JsonSyntaxException e) {
                throw new AssertionError("not JSON: " + new String(body, UTF_8), e);
            }
        }
    }

    /** A text; fails if it is not JSON. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** Posts a body; headers are names and values in turn. */
    Answer post(byte[] body, String... headers) {
        return send(
                request("/api/v1/messages")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body)),
                headers);
    }

    /** Posts a body; headers are names and values in turn. */
    public Answer post(String body, String... headers) {
        return post(body.getBytes(UTF_8), headers);
    }

    /** Gets a path; headers are names and values in turn. */
    public Answer get(String path, String... headers) {
        return send(request(path), headers);
    }

    /** Sends a request without a body. */
    Answer send(String method, String path, String... headers) {
        return send(request(path).method(method, BodyPublishers.noBody()), headers);
    }

    /** Sends a request with a body; headers are names and values in turn. */
    Answer send(String method, String path, byte[] body, String... headers) {
        return send(request(path).method(method, BodyPublishers.ofByteArray(body)), headers);
    }

    /** Uploads a file as a browser's form, or curl -F, does; waits a moment for what becomes of it. */
    Answer upload(String path, String name, String mediaType, byte[] file) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(
                """
                --%s\r
                Content-Disposition: form-data; name="file"; filename="%s"\r
                Content-Type: %s\r
                \r
                """
                        .formatted(BOUNDARY, name, mediaType)
                        .getBytes(UTF_8));
        form.writeBytes(file);
        form.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8));
        return send(
                "POST",
                path,
                form.toByteArray(),
                "Content-Type",
                "multipart/form-data; boundary=" + BOUNDARY,
                "Prefer",
                "wait=5");
    }

    /** Types of the messages of a key, oldest first. */
    List<String> types(String key) {
        JsonNode newestFirst = get("/api/v1/messages?key=" + key).json().path("items");
        List<String> types = new ArrayList<>();
        newestFirst.forEach(message -> types.add(message.path("type").textValue()));
        Collections.reverse(types);
        return types;
    }

    /** Reads a message, and waits for it. */
    public Answer read(String id) {
        return get("/api/v1/messages/" + id, "Prefer", "wait=20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(Duration.ofSeconds(40));
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        for (String[] some : List.of(credentials, headers)) {
            if (some.length > 0) {
                request.headers(some);
            }
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
