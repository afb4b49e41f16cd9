package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.settings.Setting;
import io.sluice.provisioning.ProvisioningException.Part;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WaitingTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    /** A port that is reserved and that nobody listens at. */
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
        assertThat(failure.part()).isEqualTo(Part.KAFKA);
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
        assertThat(failure.part()).isEqualTo(Part.KAFKA);
        assertThat(failure).hasMessageContaining("No resolvable bootstrap urls");
    }

    @Test
    @Timeout(10)
    void givesUpOnKafkaThatHasTooFewBrokers() throws Exception {
        // Given
        sandbox.with(Setting.TOPIC_REPLICATION_FACTOR, "3");

        // When
        ProvisioningException failure = failure();

        // Then
        assertThat(failure.part()).isEqualTo(Part.KAFKA);
        assertThat(failure).hasMessageContaining("replication factor");
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
        assertThat(failure.part()).isEqualTo(Part.DATABASE);
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
        ProvisioningException failure = failure();

        // Then
        assertThat(failure.part()).isEqualTo(Part.DATABASE);
        assertThat(failure)
                .hasMessageContaining("password authentication failed for user \"sluice\"")
                .hasMessageNotContaining("hush");
    }

    @Test
    @Timeout(30)
    void waitsForADatabaseThatIsStillBeingMade() throws Exception {
        // Given
        Executor ownThread = task -> new Thread(task).start();
        sandbox.with(Setting.DATABASE_URL, sandbox.databaseUrl().replaceFirst("[^/]+$", "late"));
        CompletableFuture<Plan> run = CompletableFuture.supplyAsync(sandbox::provision, ownThread);
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, ownThread)
                .execute(() -> Sandbox.execute(Servers.postgres().adminUrl(), "create database late owner sluice"));

        // When
        Plan plan = run.get();

        // Then
        assertThat(plan.changes()).isNotEmpty();
        assertThat(sandbox.tables()).contains("messages");
    }

    private ProvisioningException failure() {
        return catchThrowableOfType(ProvisioningException.class, () -> sandbox.provisionWithin(SHORT));
    }
}
