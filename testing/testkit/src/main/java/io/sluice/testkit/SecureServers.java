package io.sluice.testkit;

import io.sluice.local.FreePort;
import io.sluice.local.KafkaServer;
import io.sluice.local.PostgresServer;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * Kafka and PostgreSQL that accept encrypted connections only, without topics and schema. Kafka authenticates {@link
 * #ADMIN}, who may do everything, by PLAIN, and users created by {@link #setPassword} by SCRAM; another port requires a
 * client certificate, whose holder may do everything. PostgreSQL authenticates the role {@code sluice} by SCRAM, or by
 * a certificate in the database {@code certified}, and the role {@code plain} by a plain password.
 */
public final class SecureServers implements AutoCloseable {

    /** Kafka's administrator; the password equals the name. */
    public static final String ADMIN = "admin";

    private static final String HOST_BASED_AUTHENTICATION =
            """
            hostssl certified sluice 127.0.0.1/32 cert
            hostssl all       plain  127.0.0.1/32 password
            hostssl all       all    127.0.0.1/32 scram-sha-256
            """;

    private final Path folder;
    private final Certificates authority;
    private final Certificates otherAuthority;
    private final Certificates.Issued server;
    private final Certificates.Issued client;
    private final int certificatesPort = FreePort.find();
    private final KafkaServer kafka;
    private final PostgresServer postgres;

    private SecureServers(Path folder) {
        this.folder = folder;
        authority = Certificates.in(made(folder.resolve("authority")));
        otherAuthority = Certificates.in(made(folder.resolve("other")));
        server = authority.issue("server", "ip:127.0.0.1");
        client = authority.issue("sluice");
        // The common pool may have a single thread.
        Executor ownThread = task -> new Thread(task, "server-start").start();
        CompletableFuture<KafkaServer> starting = CompletableFuture.supplyAsync(this::startKafka, ownThread);
        postgres = startPostgres();
        kafka = starting.join();
    }

    /** Creates certificates and starts both servers; takes a few seconds. */
    public static SecureServers start() {
        try {
            return new SecureServers(Files.createTempDirectory("sluice-secure"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresServer startPostgres() {
        Map<String, String> settings = Map.of(
                "ssl", "on",
                "ssl_cert_file", server.certificate().toString(),
                "ssl_key_file", server.key().toString(),
                "ssl_ca_file", authority.authority().toString(),
                "hba_file", write("pg_hba.conf", HOST_BASED_AUTHENTICATION));
        return PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), settings);
    }

    private KafkaServer startKafka() {
        int port = FreePort.find();
        String controller = "127.0.0.1:" + FreePort.find();
        String listeners = "CLIENTS://127.0.0.1:%d,CERTIFICATES://127.0.0.1:%d".formatted(port, certificatesPort);
        Map<String, String> settings = new HashMap<>(Map.of(
                "ssl.keystore.type", "PEM",
                "ssl.keystore.certificate.chain", read(server.certificate()),
                "ssl.keystore.key", read(server.key()),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", read(authority.authority())));
        settings.putAll(Map.of(
                "listeners",
                listeners + ",CONTROLLER://" + controller,
                "advertised.listeners",
                listeners,
                "controller.quorum.voters",
                "1@" + controller,
                "listener.security.protocol.map",
                "CLIENTS:SASL_SSL,CERTIFICATES:SSL,CONTROLLER:PLAINTEXT",
                "listener.name.certificates.ssl.client.auth",
                "required"));
        settings.putAll(Map.of(
                "sasl.enabled.mechanisms",
                "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.clients.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required "
                        + "username=%1$s password=%1$s user_%1$s=%1$s;".formatted(ADMIN),
                "listener.name.clients.scram-sha-256.sasl.jaas.config",
                scram(),
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                scram(),
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // The controller's listener is for the broker alone.
                "super.users",
                "User:%s;User:ANONYMOUS;User:CN=sluice".formatted(ADMIN)));
        return KafkaServer.start(folder.resolve("kafka"), port, folder.resolve("kafka.log"), settings);
    }

    private static String scram() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate of the authority that signed those of both servers, which are valid for 127.0.0.1 alone. */
    public String authority() {
        return authority.authority().toString();
    }

    /** The certificate of an authority that signed neither. */
    public String otherAuthority() {
        return otherAuthority.authority().toString();
    }

    /** A client certificate that both servers accept for a user named sluice. */
    public Certificates.Issued client() {
        return client;
    }

    /** The database server. */
    public PostgresServer postgres() {
        return postgres;
    }

    /** Kafka's address that requires a client certificate: {@code 127.0.0.1:PORT}. */
    public String kafkaWithCertificates() {
        return "127.0.0.1:" + certificatesPort;
    }

    /** The environment of a program that verifies the servers, as a user of Kafka with SCRAM and the role {@code sluice}. */
    public Map<String, String> environment(String kafkaUser, String kafkaPassword) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "KAFKA_SASL_USERNAME",
                kafkaUser,
                "KAFKA_SASL_PASSWORD",
                kafkaPassword,
                "KAFKA_SSL_CA_FILE",
                authority(),
                "DATABASE_URL",
                postgres.url() + "?sslmode=verify-full&channel_binding=require&sslrootcert=" + authority());
    }

    /** A client of Kafka with all rights. */
    public Admin admin() {
        Map<String, String> environment = new HashMap<>(environment(ADMIN, ADMIN));
        environment.put("KAFKA_SASL_MECHANISM", "PLAIN");
        return Admin.create(Map.copyOf(
                Environment.read(environment::get, KafkaSettings::new).clientProperties()));
    }

    /** Creates a user of Kafka with both kinds of SCRAM, or changes the password. */
    public void setPassword(String user, String password) {
        try (Admin admin = admin()) {
            // Not in one request, which may contain a user only once.
            for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                ScramCredentialInfo kind = new ScramCredentialInfo(mechanism, 4096);
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, kind, password)))
                        .all()
                        .get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops both and deletes their data. */
    @Override
    public void close() {
        kafka.close();
        postgres.close();
        Folders.delete(folder);
    }
}
