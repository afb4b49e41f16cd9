package io.sluice.api.smoketest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Test of a deployed api: posts an event and reads it back, and does the same with a task. {@code helm test} runs it in a pod with the api's image, on a JVM without
 * Quarkus, because an image may have no shell. Uses the JDK alone.
 */
public final class SmokeTest {

    /** Longer than the pods of a new release take to be ready. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Instant end = Instant.now().plus(TIMEOUT);
    private final String url;
    private final Map<String, String> settings;
    private final HttpClient client;

    private SmokeTest(String url, Map<String, String> settings) throws GeneralSecurityException, IOException {
        this.url = url;
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .sslContext(trust(settings.getOrDefault("HTTP_TLS_CERTIFICATE_FILE", "")))
                .build();
    }

    /** Trusts this certificate whoever has signed it: it is the file that the api itself has. */
    private static SSLContext trust(String certificateFile) throws GeneralSecurityException, IOException {
        if (certificateFile.isEmpty()) {
            return SSLContext.getDefault();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream file = Files.newInputStream(Path.of(certificateFile))) {
            trusted.setCertificateEntry(
                    "api", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /**
     * Runs the test for three minutes at most. Reads the settings {@code AUTH_…}, {@code FEATURES} and {@code HTTP_TLS_CERTIFICATE_FILE} of the
     * environment.
     *
     * @param arguments the api's URL
     * @throws IllegalStateException if the api did not take the event or the task, or did not give it back
     * @throws IOException if the api's certificate cannot be read
     */
    public static void main(String[] arguments) throws InterruptedException, GeneralSecurityException, IOException {
        new SmokeTest(arguments[0], System.getenv()).run();
    }

    private void run() throws InterruptedException, GeneralSecurityException {
        if (!setting("AUTH_JWKS_URL").isEmpty()) {
            await(request("/health"), 200);
            System.out.println(
                    "The api is well. Nothing was posted: with AUTH_JWKS_URL only the identity provider makes tokens.");
            return;
        }
        boolean messages = isEnabled("messages");
        boolean tasks = isEnabled("tasks");
        if (messages) {
            postEvent();
        }
        if (tasks) {
            makeTask();
        }
        if (!messages && !tasks) {
            await(request("/health"), 200);
            System.out.println("The api is well. Nothing was posted: FEATURES has neither messages nor tasks.");
        }
    }

    private boolean isEnabled(String feature) {
        String features = setting("FEATURES");
        return features.isEmpty()
                || features.equals("all")
                || List.of(features.split(" *, *", -1)).contains(feature);
    }

    private void postEvent() throws InterruptedException, GeneralSecurityException {
        String payload = "{\"test\":\"%s\"}".formatted(UUID.randomUUID());
        HttpRequest.Builder post = request("/api/v1/messages")
                .header("Content-Type", "application/json")
                // However often it has to be sent, it is one event.
                .header("Idempotency-Key", payload)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"type\":\"smoke-test\",\"payload\":%s}".formatted(payload)));
        String location = await(post, 202).headers().firstValue("Location").orElseThrow();
        System.out.println("Posted " + location);

        String read = await(request(location).header("Prefer", "wait=10"), 200).body();
        if (!read.contains(payload)) {
            throw new IllegalStateException("The event has not the payload %s: %s".formatted(payload, read));
        }
        System.out.println("Read it back: " + read);
    }

    private void makeTask() throws InterruptedException, GeneralSecurityException {
        String title = "Smoke test " + UUID.randomUUID();
        HttpRequest.Builder create = request("/api/v1/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", title)
                .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"%s\"}".formatted(title)));
        String location = await(create, 201).headers().firstValue("Location").orElseThrow();

        String read = await(request(location), 200).body();
        if (!read.contains(title)) {
            throw new IllegalStateException("The task has not the title %s: %s".formatted(title, read));
        }
        await(request(location).DELETE(), 204);
        System.out.println("Made a task, read it and deleted it: " + location);
    }

    private HttpResponse<String> await(HttpRequest.Builder request, int status) throws InterruptedException {
        while (true) {
            String answer;
            try {
                HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
                if (response.statusCode() == status) {
                    return response;
                }
                answer = response.statusCode() + " " + response.body();
            } catch (IOException e) {
                answer = e.toString();
            }
            System.out.println("%s, not yet %d: %s".formatted(request.build().uri(), status, answer));
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("There was no %d in %d s".formatted(status, TIMEOUT.toSeconds()));
            }
            Thread.sleep(1000);
        }
    }

    private HttpRequest.Builder request(String path) throws GeneralSecurityException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
        String secret = setting("AUTH_SECRET");
        return secret.isEmpty() ? request : request.header("Authorization", "Bearer " + token(secret));
    }

    private String token(String secret) throws GeneralSecurityException {
        String scopes = setting("AUTH_SCOPES_CLAIM");
        String claims =
                "{\"sub\":\"smoke-test\",\"%s\":\"%3$smessages:write %3$smessages:read %3$stasks\",\"exp\":%2$d%4$s%5$s}"
                        .formatted(
                                scopes.isEmpty() ? "scope" : scopes,
                                end.getEpochSecond(),
                                setting("AUTH_SCOPES_PREFIX"),
                                claim("iss", "AUTH_ISSUER"),
                                claim("aud", "AUTH_AUDIENCE"));
        String signed =
                base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private String claim(String name, String setting) {
        String value = setting(setting).replace("\\", "\\\\").replace("\"", "\\\"");
        return value.isEmpty() ? "" : ",\"%s\":\"%s\"".formatted(name, value);
    }

    private String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
