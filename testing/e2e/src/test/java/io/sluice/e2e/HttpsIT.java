package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.local.FreePort;
import io.sluice.testkit.Certificates;
import io.sluice.testkit.Certificates.Issued;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged api with a certificate, whose files are replaced as Kubernetes does it. */
class HttpsIT {

    private static final int PORT = FreePort.find();
    private static final URI API = URI.create("https://127.0.0.1:" + PORT);
    private static final URI MESSAGES = API.resolve("/api/v1/messages");

    /** There is work all the time, and time for others on a small machine. */
    private static final Duration BETWEEN_POSTS = Duration.ofMillis(5);

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static ProgramRun api;

    @BeforeAll
    static void startTheApi() {
        certificates = Certificates.in(folder);
        mount(certificates.issue("first"));
        api = ProgramRun.start(
                "api",
                Map.of(
                        "HTTP_PORT", Integer.toString(PORT),
                        "HTTP_TLS_CERTIFICATE_FILE",
                                folder.resolve("mounted/tls.crt").toString(),
                        "HTTP_TLS_KEY_FILE", folder.resolve("mounted/tls.key").toString(),
                        "TOPIC_PREFIX", "e2e.",
                        "KAFKA_BOOTSTRAP_SERVERS", Sluice.platform().kafka().bootstrapServers(),
                        "DATABASE_URL", Sluice.platform().postgres().url()));
        try {
            await().ignoreExceptions().until(HttpsIT::isReady);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(api.out() + api.err(), e);
        }
    }

    @AfterAll
    static void stopTheApi() {
        api.close();
    }

    @ParameterizedTest
    @EnumSource
    void requestsAreAnsweredOverBothVersionsOfHttp(Version version) {
        HttpResponse<String> answer = post(client(version));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, h2", "TLSv1.3, h2", "TLSv1.2, http/1.1", "TLSv1.3, http/1.1"})
    void bothVersionsOfTlsAreSpoken(String tls, String http) throws IOException {
        try (SSLSocket socket = handshake(tls, http)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(tls);
            assertThat(socket.getApplicationProtocol()).isEqualTo(http);
        }
    }

    /** The part that tells it reads requests behind TLS, and the first one may come with the end of the handshake. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aRequestWithTwoEndsIsRefusedBehindTls(String tls) throws IOException {
        try (SSLSocket socket = handshake(tls, "http/1.1")) {
            socket.setSoTimeout(10_000);

            // When
            socket.getOutputStream()
                    .write(
                            """
                            POST /api/v1/messages HTTP/1.1
                            Host: api
                            Content-Type: application/json
                            Content-Length: 5
                            Transfer-Encoding: chunked

                            0

                            """
                                    .replace("\n", "\r\n")
                                    .getBytes(US_ASCII));

            // Then
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void whoeverDoesNotSpeakTlsGetsNoAnswer() {
        assertThatThrownBy(() -> new Client(URI.create("http://127.0.0.1:" + PORT)).get("/health"))
                .isInstanceOf(AssertionError.class)
                .cause()
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoeverDoesNotKnowTheAuthorityStops() {
        HttpRequest request = HttpRequest.newBuilder(API.resolve("/health")).build();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    /** The script with which a deployment is tried out, with curl. */
    @Test
    void theSmokeTestTrustsTheAuthorityThatItIsGiven() throws Exception {
        // When
        String trusting = smokeTest("--ca", certificates.authority().toString(), API.toString());
        String distrusting = smokeTest(API.toString());

        // Then
        assertThat(trusting).contains("is stored as it was sent");
        assertThat(distrusting).contains("certificate", "with --ca").doesNotContain("ok  healthy");
    }

    private static String smokeTest(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("../../src/main/kubernetes/smoke-test.sh"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void anotherCertificateIsTakenWithoutARequestThatFails() throws Exception {
        // Given
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        HttpClient asBefore = client(Version.HTTP_1_1);
        HttpClient asBeforeByHttp2 = client(Version.HTTP_2);
        List<Callable<Void>> clients = List.of(
                () -> postUntil(done, answered, () -> asBefore),
                () -> postUntil(done, answered, () -> asBeforeByHttp2),
                () -> postUntil(done, answered, () -> client(Version.HTTP_1_1)));
        CompletableFuture<List<Void>> load = CompletableFuture.supplyAsync(() -> AtOnce.run(clients));
        await().until(() -> answered.get() > 50);

        // When
        for (String name : List.of("second", "third")) {
            mount(certificates.issue(name));
            await().until(() -> shown().equals("CN=" + name));
        }
        int untilThen = answered.get();
        await().until(() -> answered.get() > untilThen + 50);
        done.set(true);

        // Then
        load.join();
        assertThat(api.out()).contains("certificate-replaced expires=");
    }

    @Test
    void whatIsNoCertificateIsSaidAndTheOneBeforeGoesOn() throws Exception {
        // Given
        Issued good = certificates.issue("good");
        mount(good);
        await().until(() -> shown().equals("CN=good"));
        Issued other = certificates.issue("other");

        // When // Then
        mount(new Issued(other.certificate(), good.key()));
        awaitSaid("it is not the key of the first certificate");
        assertThat(shown()).isEqualTo("CN=good");

        mount(new Issued(Path.of("../..", "README.md"), good.key()));
        awaitSaid("the file holds what is no certificate in PEM");
        assertThat(shown()).isEqualTo("CN=good");

        Files.delete(folder.resolve("mounted"));
        awaitSaid("there is no such file");
        assertThat(shown()).isEqualTo("CN=good");
        assertThat(post(client(Version.HTTP_2)).statusCode()).isEqualTo(202);

        mount(other);
        await().until(() -> shown().equals("CN=other"));
    }

    @Test
    void aKeyThatBelongsToAnotherCertificateIsAWrongSetting() {
        Issued one = certificates.issue("one");
        Map<String, String> settings = Map.of(
                "HTTP_TLS_CERTIFICATE_FILE", one.certificate().toString(),
                "HTTP_TLS_KEY_FILE", certificates.issue("another").key().toString());

        try (ProgramRun wrong = ProgramRun.start("api", settings)) {
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.err())
                    .isEqualTo(
                            "The configuration is wrong:\n  HTTP_TLS_KEY_FILE must be the path of a PEM file with the"
                                    + " certificate's private key, without a passphrase; it is not the key of the first certificate\n");
        }
    }

    /** A new folder, which a link points to from one moment to the next. */
    private static void mount(Issued issued) {
        try {
            Path version = Files.createTempDirectory(folder, "version");
            Files.copy(issued.certificate(), version.resolve("tls.crt"));
            Files.copy(issued.key(), version.resolve("tls.key"));
            Path link = Files.createSymbolicLink(folder.resolve("next"), version);
            Files.move(link, folder.resolve("mounted"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitSaid(String reason) {
        await().until(() ->
                api.out().lines().anyMatch(line -> line.contains("certificate-not-taken") && line.contains(reason)));
    }

    /** Whom a new connection is made with. */
    private static String shown() throws IOException {
        try (SSLSocket socket = handshake("TLSv1.3", "h2")) {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    private static SSLSocket handshake(String tls, String http) throws IOException {
        SSLSocket socket =
                (SSLSocket) certificates.trusting().getSocketFactory().createSocket("127.0.0.1", PORT);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {tls});
        parameters.setApplicationProtocols(new String[] {http});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Void postUntil(AtomicBoolean done, AtomicInteger answered, Callable<HttpClient> client)
            throws Exception {
        List<Integer> statuses = new ArrayList<>();
        while (!done.get()) {
            statuses.add(post(client.call()).statusCode());
            answered.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_POSTS.toNanos());
        }
        assertThat(statuses).containsOnly(202);
        return null;
    }

    private static HttpResponse<String> post(HttpClient client) {
        HttpRequest request = HttpRequest.newBuilder(MESSAGES)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"payload\":1}"))
                .build();
        return send(client, request);
    }

    private static boolean isReady() {
        HttpRequest request =
                HttpRequest.newBuilder(API.resolve("/health/ready")).build();
        return send(client(Version.HTTP_2), request).statusCode() == 200;
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(certificates.trusting())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
