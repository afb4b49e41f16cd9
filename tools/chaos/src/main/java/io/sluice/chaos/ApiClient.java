package io.sluice.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends requests to one of the apis, and after a retry to the next one. Used by one thread. */
final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(100);
    private static final int UNAVAILABLE = 503;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final List<URI> apis;
    private final HttpClient http;
    private final Traffic traffic;
    private int api;

    /**
     * Sends nothing yet.
     *
     * @param first number of the api that is asked first, modulo their number
     */
    ApiClient(List<URI> apis, int first, HttpClient http, Traffic traffic) {
        this.apis = apis;
        this.api = first % apis.size();
        this.http = http;
        this.traffic = traffic;
    }

    /** The first id in an answer. */
    static UUID id(String json) {
        Matcher matcher = ID.matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no id: " + json);
        }
        return UUID.fromString(matcher.group(1));
    }

    /** Sends a request; {@code null} if there was no answer. */
    @Nullable HttpResponse<String> send(HttpRequest.Builder request, String path) throws InterruptedException {
        URI uri = apis.get(api).resolve(path);
        try {
            return http.send(request.uri(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            traffic.retried("no answer within %d s".formatted(TIMEOUT.toSeconds()));
        } catch (IOException e) {
            traffic.retried("connection refused or lost");
        }
        return null;
    }

    /**
     * Waits before a request is sent again, to the next api.
     *
     * @param answer that was not the wanted one, or {@code null} if there was none; only 503 is expected
     * @param what was asked for
     */
    void retry(@Nullable HttpResponse<String> answer, String what) throws InterruptedException {
        if (answer != null) {
            traffic.retried("status " + answer.statusCode());
            if (answer.statusCode() != UNAVAILABLE) {
                traffic.unexpected("%s was answered with %d %s".formatted(what, answer.statusCode(), answer.body()));
            }
        }
        api = (api + 1) % apis.size();
        Thread.sleep(BEFORE_RETRY.toMillis());
    }
}
