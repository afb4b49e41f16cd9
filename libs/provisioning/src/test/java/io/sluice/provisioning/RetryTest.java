package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.settings.Setting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    /** A reserved port without a listener. */
    private static final String NOBODY = "127.0.0.1:1";

    Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(Servers.kafka());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    @Timeout(10)
    void givesUpOnKafkaThatIsAway() {
        // Given
        sandbox.with(Setting.KAFKA_BOOTSTRAP_SERVERS, NOBODY);

        // When
        ProvisioningException failure = failure();

        // Then
        assertThat(failure.component()).isEqualTo(Component.KAFKA);
        assertThat(failure).hasMessage("Kafka at 127.0.0.1:1: gave up after 2 s: no broker answers");
        assertThat(sandbox.tables()).isEmpty();
    }

    @Test
    @Timeout(10)
    void givesUpOnKafkaWhoseNameIsUnknown() {
        // Given
        sandbox.with(Setting.KAFKA_BOOTSTRAP_SERVERS, "kafka.invalid:9092");

        // When
        ProvisioningException failure = failure();

        // Then
        assertThat(failure.component()).isEqualTo(Component.KAFKA);
        assertThat(failure).hasMessageContaining("No resolvable bootstrap urls");
    }

    @Test
    @Timeout(10)
    void givesUpOnKafkaThatHasTooFewBrokers() throws Exception {
        // Given: a broker that has answered before, and so does in time
        assertThat(sandbox.topics()).isEmpty();
        sandbox.with(Setting.TOPIC_REPLICATION_FACTOR, "3");

        // When
        ProvisioningException failure = failure();

        // Then
        assertThat(failure.component()).isEqualTo(Component.KAFKA);
        assertThat(failure).hasMessageContaining("gave up after 2 s").hasMessageContaining("replication factor");
        assertThat(sandbox.topics()).isEmpty();
    }

    @Test
    @Timeout(10)
    void givesUpOnADatabaseThatIsAway() throws Exception {
        // Given
        sandbox.with(Setting.DATABASE_URL, "postgresql://sluice:hush@" + NOBODY + "/sluice");

        // When
        ProvisioningException failure = failure();

        // Then
        assertThat(failure.component()).isEqualTo(Component.DATABASE);
        assertThat(failure)
                .hasMessageStartingWith("PostgreSQL at 127.0.0.1:1/sluice: gave up after 2 s: ")
                .hasMessageContaining("refused");
        assertThat(sandbox.topics()).isEmpty();
    }

    @Test
    @Timeout(10)
    void tellsThatThePasswordIsWrongButNotThePassword() {
        // Given
        sandbox.with(Setting.DATABASE_URL, sandbox.databaseUrl().replace("sluice:sluice@", "sluice:hush@"));

        // When
        ProvisioningException failure = failureAtOnce();

        // Then
        assertThat(failure.component()).isEqualTo(Component.DATABASE);
        assertThat(failure)
                .hasMessageContaining(
                        "password authentication failed for user \"sluice\". Correct user or password in DATABASE_URL")
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @Timeout(10)
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody:sluice@HOST/DATABASE|password authentication failed for user \"nobody\". Correct user or password",
                "sleeper:sleeper@HOST/DATABASE|role \"sleeper\" is not permitted to log in. Correct user",
                "stranger:stranger@HOST/DATABASE|permission denied for database \"DATABASE\". Let an administrator grant",
                "sluice@HOST/DATABASE|no password was provided. Correct DATABASE_URL",
                "sluice:sluice@HOST/nowhere|database \"nowhere\" does not exist. Make the database",
                "sluice:sluice@HOST/DATABASE?sslmode=require|The server does not support SSL. Correct DATABASE_URL",
                "jdbc:HOST/DATABASE?user=sluice&password=sluice&options=-c%20work_mem=much|"
                        + "invalid value for parameter \"work_mem\": \"much\". Correct the parameters",
                "jdbc:HOST/DATABASE?user=sluice&password=sluice&options=-c%20no_such_thing=1|"
                        + "unrecognized configuration parameter \"no_such_thing\". Correct the parameters",
            })
    void whatDoesNotPassByItselfIsSaidAtOnceByPostgres(String url, String reason) throws Exception {
        // Given
        sandbox.executeAsAdmin(
                "drop role if exists sleeper, stranger",
                "create role sleeper password 'sleeper'",
                "create role stranger login password 'stranger'",
                "revoke connect on database " + sandbox.database() + " from public");
        String database = sandbox.database();
        String full = url.startsWith("jdbc:") ? "jdbc:postgresql://" + url.substring(5) : "postgresql://" + url;
        sandbox.with(
                Setting.DATABASE_URL,
                full.replace("HOST", Servers.postgres().address()).replace("DATABASE", database));

        // When
        ProvisioningException failure = failureAtOnce();

        // Then
        assertThat(failure.component()).isEqualTo(Component.DATABASE);
        assertThat(failure)
                .hasMessageStartingWith("PostgreSQL at ")
                .hasMessageContaining(reason.replace("DATABASE\"", database + "\""));
        assertThat(sandbox.topics()).isEmpty();
    }

    @Test
    @Timeout(20)
    void whatDoesNotPassByItselfIsSaidAtOnceByKafka() {
        // Given: a port that asks nobody who they are
        sandbox.with(Setting.KAFKA_SECURITY_PROTOCOL, "SASL_PLAINTEXT")
                .with(Setting.KAFKA_SASL_USERNAME, "me")
                .with(Setting.KAFKA_SASL_PASSWORD, "hush");

        // When
        ProvisioningException failure = failureAtOnce();

        // Then
        assertThat(failure.component()).isEqualTo(Component.KAFKA);
        assertThat(failure)
                .hasMessageContaining(". Set KAFKA_SECURITY_PROTOCOL to what the brokers speak at this port")
                .hasMessageNotContaining("hush");
    }

    @Test
    @Timeout(30)
    void waitsForADatabaseThatHasNoConnectionLeft() throws Exception {
        // Given
        Executor ownThread = task -> new Thread(task).start();
        String role = sandbox.database() + "_role";
        sandbox.executeAsAdmin(
                "create role " + role + " login password '" + role + "' connection limit 0",
                "grant create on schema public to " + role);
        sandbox.as(role, "");
        CompletableFuture<Plan> run = CompletableFuture.supplyAsync(sandbox::provision, ownThread);
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, ownThread)
                .execute(() -> sandbox.executeAsAdmin("alter role " + role + " connection limit -1"));

        // When
        Plan plan = run.get();

        // Then
        assertThat(plan.changes()).isNotEmpty();
        assertThat(sandbox.tables()).contains("messages");
    }

    private ProvisioningException failure() {
        return catchThrowableOfType(ProvisioningException.class, () -> sandbox.provisionWithin(SHORT));
    }

    /** The failure of a run that may wait for much longer than the test. */
    private ProvisioningException failureAtOnce() {
        return catchThrowableOfType(ProvisioningException.class, sandbox::provision);
    }
}
