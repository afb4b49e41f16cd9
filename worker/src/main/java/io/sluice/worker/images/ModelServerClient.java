package io.sluice.worker.images;

import io.sluice.settings.DetectorSettings.ModelServer;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** HTTP to a model server, and what its answers mean for a job. */
final class ModelServerClient {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(4);
    private static final Duration READY_WITHIN = Duration.ofSeconds(2);

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    /**
     * The server, its model or what is between is away. 404 is a model that is not loaded, or not yet; of 500 nobody knows, since KServe
     * answers it to any exception in a model.
     */
    private static final Set<Integer> AWAY = Set.of(404, 408, 425, 429, 502, 503, 504);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final ModelServer server;
    private final ModelProtocol protocol;
    private final String model;

    ModelServerClient(ModelServer server, ModelProtocol protocol) {
        this.server = server;
        this.protocol = protocol;
        this.model = URLEncoder.encode(server.model(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Posts an image, and gives the body of the answer.
     *
     * @throws OutageException if the server does not answer in time, or says that it or its model is away
     * @throws PermanentJobException if the image is too large for it
     * @throws IOException if it answers with another error
     */
    byte[] infer(String body) throws OutageException, PermanentJobException, IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(protocol.inferencePath(model)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> response = send(request);
        int status = response.statusCode();
        if (status == OK && response.body().length > 0) {
            return response.body();
        }
        if (status == TOO_LARGE) {
            throw new PermanentJobException("The model server refuses the image because it is too large.");
        }
        IOException failure =
                new IOException(status == OK ? "it gave an empty answer" : "it answered with status " + status);
        if (status == OK || AWAY.contains(status) || (status == BAD_REQUEST && saysNotReady(response.body()))) {
            throw away(failure);
        }
        throw new IOException("the model server failed: " + failure.getMessage());
    }

    /** True of the first answers of a model that is scaled from zero. */
    private static boolean saysNotReady(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).contains("not ready");
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws OutageException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return response.get(server.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw away(new IOException(
                    "no answer within %d s".formatted(server.timeout().toSeconds())));
        } catch (ExecutionException e) {
            throw away(e.getCause() == null ? e : e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    private static OutageException away(Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new OutageException("The model server cannot be used: " + reason, cause);
    }

    /** Status of the answer to whether the model is ready; fails if there is none. */
    CompletableFuture<Integer> readiness() {
        HttpRequest request = HttpRequest.newBuilder(uri(protocol.readinessPath(model)))
                .timeout(READY_WITHIN)
                .build();
        return http.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private URI uri(String path) {
        return URI.create(server.url() + path);
    }
}
