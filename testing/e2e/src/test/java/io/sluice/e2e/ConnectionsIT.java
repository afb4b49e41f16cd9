package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.local.PostgresServer;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningException;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.settings.DatabaseUrl;
import io.sluice.settings.Environment;
import io.sluice.testkit.SecureServers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With whom a connection is made, and what is said where it is not: the clients and the driver are those of all programs. */
class ConnectionsIT {

    private static final String PASSWORD = "s3cret \"quoted\" \\back; ${slash}";

    private static SecureServers servers;
    private static PostgresServer withoutTls;

    @BeforeAll
    static void start(@TempDir Path folder) {
        withoutTls = PostgresServer.start(folder.resolve("postgres"), 0, folder.resolve("postgres.log"), Map.of());
        servers = Secure.servers();
        servers.setPassword("me", PASSWORD);
        new Table(servers.postgres().adminUrl())
                .execute("create role plain login password 'plain'", "create database certified owner sluice");
    }

    @AfterAll
    static void stop() {
        withoutTls.close();
    }

    @ParameterizedTest
    @CsvSource({"SCRAM-SHA-256", "SCRAM-SHA-512"})
    void aUserWithTheRightPasswordIsLetIn(String mechanism) {
        assertConnects(Map.of("KAFKA_SASL_MECHANISM", mechanism));
    }

    @Test
    void aUserWithTheRightPasswordIsLetInByPlain() {
        assertConnects(Map.of(
                "KAFKA_SASL_MECHANISM", "PLAIN",
                "KAFKA_SASL_USERNAME", SecureServers.ADMIN,
                "KAFKA_SASL_PASSWORD", SecureServers.ADMIN));
    }

    @Test
    void whoHoldsTheCertificatesIsLetInWithoutAPassword() {
        // Given
        Map<String, String> environment = Map.of(
                "TOPIC_PREFIX", "certified-",
                "KAFKA_BOOTSTRAP_SERVERS", servers.kafkaWithCertificates(),
                "KAFKA_SECURITY_PROTOCOL", "SSL",
                "KAFKA_SSL_CA_FILE", servers.authority(),
                "KAFKA_SSL_CERTIFICATE_FILE", servers.client().certificate().toString(),
                "KAFKA_SSL_KEY_FILE", servers.client().key().toString(),
                "DATABASE_URL",
                        "postgresql://sluice@%s/certified?sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s"
                                .formatted(
                                        servers.postgres().address(),
                                        servers.authority(),
                                        servers.client().certificate().toString(),
                                        servers.client().key().toString()));
        Plan plan = new Plan(Plan.Mode.CARRY_OUT);

        // When
        new Provisioning(Environment.read(environment::get, ProvisioningSettings::new), Duration.ofSeconds(20))
                .run(plan);

        // Then
        assertThat(plan.changes()).isNotEmpty();
    }

    @Test
    void aUserWithoutRightsIsToldAtOnceThatItNeedsSome() {
        // Given
        ProvisioningSettings settings =
                Environment.read(servers.environment("me", PASSWORD)::get, ProvisioningSettings::new);
        Provisioning provisioning = new Provisioning(settings, Duration.ofMinutes(2));

        // When
        ProvisioningException refusal = catchThrowableOfType(
                ProvisioningException.class, () -> provisioning.run(new Plan(Plan.Mode.CARRY_OUT)));

        // Then
        assertThat(refusal)
                .hasMessageStartingWith("Kafka at ")
                .hasMessageContaining("Authorization failed")
                .hasMessageEndingWith("the rights that docs/guides/connections.md has for init-job");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KAFKA_SASL_PASSWORD=wrong|Authentication failed during authentication due to invalid credentials",
                "KAFKA_SASL_USERNAME=nobody|Authentication failed during authentication due to invalid credentials",
                "KAFKA_SSL_CA_FILE=other-ca.crt|PKIX path validation failed",
                "KAFKA_SSL_CA_FILE=|unable to find valid certification path",
                "KAFKA_BOOTSTRAP_SERVERS=localhost|No name matching localhost found",
                "KAFKA_BOOTSTRAP_SERVERS=certificates KAFKA_SECURITY_PROTOCOL=SSL KAFKA_SASL_USERNAME= KAFKA_SASL_PASSWORD="
                        + "|Received fatal alert"
            })
    void kafkaIsNotConnectedTo(String settings, String reason) {
        await().untilAsserted(() ->
                assertThat(refusal(settings)).startsWith("Kafka at ").contains(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secure?sslmode=verify-full&sslrootcert=other-ca.crt|PKIX path validation failed",
                "secure?sslmode=verify-ca&sslrootcert=other-ca.crt|PKIX path validation failed",
                "secure?sslmode=require&sslrootcert=other-ca.crt|PKIX path validation failed",
                "secure?sslrootcert=system|unable to find valid certification path",
                "localhost?sslmode=verify-full&sslrootcert=ca.crt|The hostname localhost could not be verified",
                "secure?sslmode=disable|no encryption",
                "secure?sslmode=disable&channel_binding=require|no encryption",
                "plain?sslmode=verify-full&sslrootcert=ca.crt&channel_binding=require|Channel binding is required",
                "without-tls?sslmode=require|The server does not support SSL",
                "without-tls?sslmode=verify-full&sslrootcert=ca.crt|The server does not support SSL",
                "without-tls?channel_binding=require|channel binding"
            })
    void postgresIsNotConnectedTo(String url, String reason) {
        await().untilAsserted(() -> assertThat(refusal("DATABASE_URL=" + url))
                .startsWith("PostgreSQL at ")
                .containsIgnoringCase(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost?sslmode=verify-ca&sslrootcert=ca.crt",
        "secure?sslmode=require",
        "secure?sslmode=require&channel_binding=require",
        "secure?channel_binding=prefer",
        "plain?sslmode=require&channel_binding=prefer",
        "without-tls?sslmode=prefer",
    })
    void postgresIsConnectedTo(String url) throws SQLException {
        // Given
        DatabaseUrl database = DatabaseUrl.parse(database(url));

        // When // Then
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())
                .close();
    }

    private static void assertConnects(Map<String, String> settings) {
        assertThatCode(() -> dryRun(settings)).doesNotThrowAnyException();
    }

    /** Of what could wait for longer than any test; on a busy machine, a broker may not answer within a second. */
    private static String refusal(String settings) {
        Map<String, String> environment = new HashMap<>();
        for (String setting : settings.split(" ", -1)) {
            String[] pair = setting.split("=", 2);
            environment.put(pair[0], value(pair[0], pair[1]));
        }
        ProvisioningException refusal = catchThrowableOfType(ProvisioningException.class, () -> dryRun(environment));
        assertThat(refusal)
                .message()
                .hasLineCount(1)
                .doesNotContain("s3cret")
                .as("is not waited for, and has its remedy")
                .doesNotContain("gave up")
                .containsPattern("\\. (Correct|Set) ");
        return refusal.getMessage();
    }

    private static String value(String setting, String value) {
        return switch (setting) {
            case "DATABASE_URL" -> database(value);
            case "KAFKA_SSL_CA_FILE" -> value.isEmpty() ? "" : file(value);
            case "KAFKA_BOOTSTRAP_SERVERS" ->
                value.equals("certificates")
                        ? servers.kafkaWithCertificates()
                        : servers.environment("", "").getOrDefault(setting, "").replace("127.0.0.1", value);
            default -> value;
        };
    }

    /** Of a server, by the name that the tables above give it. */
    private static String database(String url) {
        String[] parts = url.split("\\?", 2);
        String server =
                switch (parts[0]) {
                    case "secure" -> servers.postgres().url();
                    case "localhost" -> servers.postgres().url().replace("127.0.0.1", "localhost");
                    case "plain" -> servers.postgres().url().replace("sluice:sluice", "plain:plain");
                    case "without-tls" -> withoutTls.url();
                    default -> throw new IllegalArgumentException(url);
                };
        String parameters = Arrays.stream(parts[1].split("&"))
                .map(parameter -> parameter.endsWith(".crt")
                        ? parameter.replaceFirst("=.*", "=") + file(parameter.replaceFirst(".*=", ""))
                        : parameter)
                .reduce((one, other) -> one + "&" + other)
                .orElseThrow();
        return server + "?" + parameters;
    }

    private static String file(String name) {
        return name.equals("ca.crt") ? servers.authority() : servers.otherAuthority();
    }

    private static void dryRun(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(servers.environment("me", PASSWORD));
        environment.putAll(settings);
        new Provisioning(Environment.read(environment::get, ProvisioningSettings::new), Duration.ofMinutes(2))
                .run(new Plan(Plan.Mode.DRY_RUN));
    }
}
