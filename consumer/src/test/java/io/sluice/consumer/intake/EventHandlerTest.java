package io.sluice.consumer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.sql.SQLException;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Effects of handlers happen once for each event that is stored, and for no other. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class EventHandlerTest {

    private final Messages messages = new Messages(Servers.shared().databaseUrl());
    private final String key = UUID.randomUUID().toString();
    private final BatchProcessor processor;
    private final Tally tally;
    private final Faults faults;

    EventHandlerTest(BatchProcessor processor, Tally tally, Faults faults) {
        this.processor = processor;
        this.tally = tally;
        this.faults = faults;
    }

    @BeforeEach
    void create() throws SQLException {
        tally.create();
    }

    @AfterEach
    void mend() {
        faults.mend();
    }

    @Test
    void anEventIsHandledOnceHoweverOftenItComes() throws SQLException {
        // Given
        Event twice = tallied(key);
        ConsumerRecords<byte[], byte @Nullable []> batch = Batches.of(twice, tallied(key), twice);

        // When
        processor.begin(batch).join();
        processor.begin(batch).join();

        // Then
        assertThat(tally.of(key)).isEqualTo(2);
    }

    @Test
    void aConflictIsNotHandled() throws SQLException {
        // Given
        Event first = tallied(key);
        Event other = Events.with()
                .id(first.id())
                .type(Tally.TYPE)
                .key(key)
                .payload("\"other\"")
                .build();

        // When
        processor.begin(Batches.of(first, other)).join();

        // Then
        assertThat(tally.of(key)).isEqualTo(1);
    }

    @Test
    void aTransactionThatIsRepeatedIsCountedOnce() throws SQLException {
        // Given: the first transaction has counted one event when the second row is refused
        faults.failWhenDeferred("attempt = 2", "'40P01'");

        // When
        processor.begin(Batches.of(tallied(key), tallied(key), tallied(key))).join();

        // Then
        assertThat(tally.of(key)).isEqualTo(3);
    }

    @Test
    void anEventThatItsHandlerCannotTakeIsADeadLetterAndNotStored() throws SQLException {
        // Given
        Event poison = tallied(Tally.UNCOUNTABLE);

        // When
        Outcome outcome =
                processor.begin(Batches.of(tallied(key), poison, tallied(key))).join();

        // Then
        assertThat(tally.of(key)).isEqualTo(2);
        assertThat(messages.find(poison.id())).isEmpty();
        assertThat(outcome.rejected())
                .extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.REJECTED_BY_DATABASE);
    }

    private static Event tallied(String key) {
        return Events.with().type(Tally.TYPE).key(key).build();
    }
}
