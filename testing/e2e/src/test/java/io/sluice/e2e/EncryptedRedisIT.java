package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.FreePort;
import io.sluice.testkit.Certificates;
import io.sluice.testkit.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged api and a Redis that speaks TLS, whose authority the JVM trusts as docs/guides/connections.md has it. */
class EncryptedRedisIT {

    private static final String PASSWORD = "s3cret";

    private final int port = FreePort.find();
    private final int apiPort = FreePort.find();

    @TempDir
    Path folder;

    private Certificates authority;

    @BeforeEach
    void makeAuthority() {
        authority = Certificates.in(folder);
    }

    @Test
    void withTheCertificateOfAnotherHostItIsWorkedWithoutAndWithItsOwnItIsUsed() throws Exception {
        try (ProgramRun api = startApi()) {
            try (RedisServer server = start(authority.issue("cache", "dns:cache.example.com"))) {
                awaitState("worked without: [^}]*No subject alternative DNS name matching localhost found");
                assertThat(server.process().isAlive()).isTrue();
                assertThat(api.isAlive()).isTrue();
            }
            isUsed(api);
        }
    }

    private void isUsed(ProgramRun api) {
        try (RedisServer server = start(authority.issue("cache"))) {
            awaitState("in use");
            assertThat(server.answer("AUTH " + PASSWORD + "\r\nINFO commandstats"))
                    .as("that it was asked, over TLS: without a password nobody else is answered")
                    .containsPattern("cmdstat_ping:calls=[1-9]");
            assertThat(api.out() + api.err()).doesNotContain(PASSWORD);
        }
    }

    private RedisServer start(Certificates.Issued certificate) {
        return RedisServer.start(
                "--requirepass", PASSWORD,
                "--tls-port", Integer.toString(port),
                "--tls-cert-file", certificate.certificate().toString(),
                "--tls-key-file", certificate.key().toString(),
                "--tls-ca-cert-file", authority.authority().toString(),
                "--tls-auth-clients", "no");
    }

    /** Without PostgreSQL: it is not ready, and its health says how Redis is all the same. */
    private ProgramRun startApi() throws IOException, GeneralSecurityException {
        return ProgramRun.start(
                "api",
                Map.of(
                        "FEATURES",
                        "documents",
                        "HTTP_HOST",
                        "127.0.0.1",
                        "HTTP_PORT",
                        Integer.toString(apiPort),
                        "DATABASE_URL",
                        "postgresql://sluice:sluice@127.0.0.1:1/sluice",
                        "REDIS_URL",
                        "rediss://:" + PASSWORD + "@localhost:" + port,
                        "JAVA_TOOL_OPTIONS",
                        "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=changeit"
                                .formatted(trustStore())));
    }

    private void awaitState(String part) {
        Client client = new Client(URI.create("http://127.0.0.1:" + apiPort));
        await().ignoreExceptionsMatching(AssertionError.class::isInstance)
                .untilAsserted(() -> assertThat(client.get("/health").text())
                        .containsPattern("\"redis\"[^}]*" + part)
                        .doesNotContain(PASSWORD));
    }

    /** As keytool -importcert makes it. */
    private Path trustStore() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream certificate = Files.newInputStream(authority.authority())) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        Path file = folder.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, "changeit".toCharArray());
        }
        return file;
    }
}
