package io.sluice.consumer.intake;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.retry.PauseTracker;
import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Event;
import io.sluice.contract.EventHeader;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches as the test makes them, on a real database and a real broker. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class BatchProcessorTest {

    private final Messages messages = new Messages(Servers.shared().databaseUrl());
    private final Records deadLetters =
            new Records(Servers.shared().kafkaBootstrapServers(), Topic.DEAD_LETTERS.name(""));
    private final BatchProcessor processor;
    private final PauseTracker pauses;
    private final Faults faults;
    private final Tally tally;

    BatchProcessorTest(BatchProcessor processor, PauseTracker pauses, Faults faults, Tally tally) {
        this.processor = processor;
        this.pauses = pauses;
        this.faults = faults;
        this.tally = tally;
    }

    @AfterEach
    void mend() {
        faults.mend();
    }

    @Test
    void aBatchThatComesAgainChangesNothing() {
        // Given
        ConsumerRecords<byte[], byte @Nullable []> batch = Batches.of(Events.any(), Events.any(), Events.any());
        processor.begin(batch).join();

        // When
        Outcome again = processor.begin(batch).join();

        // Then
        assertThat(again).isEqualTo(new Outcome(0, 3, List.of()));
    }

    @Test
    void ofTwoEventsWithOneIdTheFirstIsStored() {
        // Given
        Event first = Events.any();
        Event same =
                Events.with().id(first.id()).time(first.time().plusSeconds(1)).build();
        Event other = Events.with().id(first.id()).payload("\"other\"").build();

        // When
        Outcome outcome = processor.begin(Batches.of(first, same, other)).join();

        // Then
        assertThat(messages.find(first.id())).map(Messages.Row::event).contains(first);
        assertThat(outcome.stored()).isEqualTo(1);
        assertThat(outcome.duplicates()).isEqualTo(1);
        assertThat(outcome.rejected())
                .extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.IDEMPOTENCY_CONFLICT);
    }

    @Test
    void anotherEventUnderAnIdThatIsStoredIsADeadLetter() {
        // Given
        Event first = Events.any();
        processor.begin(Batches.of(first)).join();
        Event other = Events.with().id(first.id()).payload("{\"other\":1e400}").build();

        // When
        processor.begin(Batches.of(other)).join();

        // Then
        ConsumerRecord<byte[], byte[]> letter = deadLetters.awaitFirst(it -> isOf(it, first.id()));
        assertThat(letter.value()).isEqualTo(other.payload());
        assertThat(header(letter, DeadLetterHeader.REASON)).isEqualTo("idempotency-conflict");
        assertThat(messages.find(first.id())).map(Messages.Row::event).contains(first);
    }

    @Test
    void oneThatTheDatabaseRefusesIsFoundAndTheOthersAreStoredInOrder() {
        // Given
        Event poison = Events.with().type("poison").payload("\"secret\"").build();
        List<Event> events = IntStream.range(0, 100)
                .mapToObj(i -> i == 41 ? poison : Events.with().key("k").build())
                .toList();
        faults.failWhen("new.type = 'poison'", "'23514'");

        // When
        Outcome outcome =
                processor.begin(Batches.of(events.toArray(Event[]::new))).join();

        // Then
        List<Event> others =
                events.stream().filter(event -> !event.equals(poison)).toList();
        assertThat(stored(others)).isEqualTo(others);
        assertThat(outcome.stored()).isEqualTo(99);
        assertThat(messages.find(poison.id())).isEmpty();
        ConsumerRecord<byte[], byte[]> letter = deadLetters.awaitFirst(it -> isOf(it, poison.id()));
        assertThat(letter.value()).isEqualTo(poison.payload());
        assertThat(header(letter, DeadLetterHeader.REASON)).isEqualTo("rejected-by-database");
        assertThat(header(letter, DeadLetterHeader.DETAIL)).contains("23514").doesNotContain("secret");
    }

    @Test
    void onePoisonAmongTwoThousandCostsAboutThreeTimesTheRows() throws SQLException {
        // Given
        int size = 2_000;
        Event poison = Events.with().type("poison").build();
        Event[] events = IntStream.range(0, size)
                .mapToObj(i -> i == 1_234 ? poison : Events.any())
                .toArray(Event[]::new);
        faults.failWhen("new.type = 'poison'", "'23514'");

        // When
        Outcome outcome = processor.begin(Batches.of(events)).join();

        // Then
        assertThat(outcome.stored()).isEqualTo(size - 1);
        assertThat(outcome.rejected()).extracting(DeadLetter::event).containsExactly(poison);
        assertThat(faults.attempts()).isLessThan(3L * size);
    }

    @Test
    void aRefusalThatPassesMakesNoDeadLetter() {
        // Given
        Event event = Events.any();
        faults.failWhen("attempt < 3", "'22023'");

        // When
        Outcome outcome = processor.begin(Batches.of(event)).join();

        // Then
        assertThat(outcome).isEqualTo(new Outcome(1, 0, List.of()));
    }

    @Test
    void aRefusalThatChangesItsReasonIsNoneYet() {
        // Given
        Event event = Events.any();
        faults.failWhen("attempt < 3", "case attempt when 1 then '23514' else '22023' end");

        // When
        Outcome outcome = processor.begin(Batches.of(event)).join();

        // Then
        assertThat(outcome).isEqualTo(new Outcome(1, 0, List.of()));
    }

    @Test
    void aDeadlockRepeatsTheBatch() {
        // Given
        faults.failWhen("attempt = 2", "'40P01'");

        // When
        Outcome outcome = processor
                .begin(Batches.of(Events.any(), Events.any(), Events.any()))
                .join();

        // Then
        assertThat(outcome).isEqualTo(new Outcome(3, 0, List.of()));
    }

    @Test
    void whatSomebodyHasToMendIsWaitedFor() {
        // Given
        Event event = Events.any();
        faults.failWhen("true", "'42501'");

        // When
        CompletableFuture<Outcome> running = run(Batches.of(event));
        await().untilAsserted(() -> assertThat(pauses.reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("database: 42501")));
        faults.mend();

        // Then
        assertThat(running.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(new Outcome(1, 0, List.of()));
        assertThat(pauses.reason()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "53200"})
    @Tag("matrix")
    void oneThatFailsInAnotherWayIsWaitedForAsWell(String state) {
        anEventThatFailsForNoFaultOfItsOwnIsWaitedForWithThoseBehindItAlone(state);
    }

    @ParameterizedTest
    @ValueSource(strings = "P0001")
    void anEventThatFailsForNoFaultOfItsOwnIsWaitedForWithThoseBehindItAlone(String state) {
        // Given
        Event poison = Events.with().type("poison").payload("\"secret\"").build();
        List<Event> before = List.of(Events.any(), Events.any());
        List<Event> behind = List.of(Events.any(), Events.any());
        List<Event> elsewhere = Stream.generate(Events::any).limit(60).toList();
        faults.failWhen("new.type = 'poison'", "'" + state + "'");

        // When
        CompletableFuture<Outcome> running = run(Batches.of(Stream.of(
                        elsewhere.stream().limit(30).map(event -> Batches.record(0, event)),
                        Stream.of(before, List.of(poison), behind)
                                .flatMap(List::stream)
                                .map(event -> Batches.record(1, event)),
                        elsewhere.stream().skip(30).map(event -> Batches.record(2, event)))
                .flatMap(Function.identity())
                .toList()));

        // Then
        await().untilAsserted(() -> assertThat(pauses.reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("messages-1@", state).doesNotContain("secret")));
        assertThat(stored(elsewhere)).hasSameSizeAs(elsewhere);
        assertThat(stored(before)).hasSameSizeAs(before);
        assertThat(stored(behind)).isEmpty();

        // When
        faults.mend();

        // Then
        assertThat(running.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(new Outcome(65, 0, List.of()));
        List<Event> waited =
                Stream.of(List.of(poison), behind).flatMap(List::stream).toList();
        assertThat(stored(waited)).isEqualTo(waited);
        assertThat(pauses.reason()).isEmpty();
    }

    @Test
    void aBatchIsDoneBehindTheOneBeforeThoughItIsStoredSooner() {
        // Given
        Event poison = Events.with().type("poison").key("0").build();
        Event[] first = Stream.concat(Stream.of(poison), keyed("0").limit(ParallelStore.DIVIDED_FROM))
                .toArray(Event[]::new);
        Event[] second = keyed("1").limit(ParallelStore.DIVIDED_FROM).toArray(Event[]::new);
        faults.failWhen("new.type = 'poison'", "'P0001'");

        // When
        CompletableFuture<Outcome> one = processor.begin(Batches.of(first));
        CompletableFuture<Outcome> next = processor.begin(Batches.of(second));

        // Then
        await().untilAsserted(() -> assertThat(messages.find(second[0].id())).isPresent());
        await().untilAsserted(() -> assertThat(pauses.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("P0001")));
        assertThat(messages.find(first[1].id())).isEmpty();
        assertThat(one).isNotDone();
        assertThat(next).isNotDone();

        // When
        faults.mend();

        // Then
        assertThat(next).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(new Outcome(second.length, 0, List.of()));
        assertThat(one).isCompletedWithValue(new Outcome(first.length, 0, List.of()));
    }

    private static Stream<Event> keyed(String key) {
        return Stream.generate(() -> Events.with().key(key).build());
    }

    @Test
    void aFaultOfAHandlerHoldsUpItsEventAlone() throws SQLException {
        // Given
        tally.create();
        Event faulty = Events.with().type(Tally.TYPE).key(Tally.FAULTY).build();
        Event other = Events.any();

        // When
        CompletableFuture<Outcome> running =
                run(Batches.of(List.of(Batches.record(0, faulty), Batches.record(1, other))));

        // Then
        await().untilAsserted(() -> assertThat(pauses.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("messages-0@", "IllegalStateException")));
        assertThat(messages.find(other.id())).isPresent();

        // When
        tally.mend();

        // Then
        assertThat(running.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(new Outcome(2, 0, List.of()));
        assertThat(tally.of(Tally.FAULTY)).isEqualTo(1);
    }

    @Test
    void aSizeThatTookTooLongIsNotTriedAgainSoon() throws SQLException {
        // Given
        faults.failSlowlyWhenTogether("count(*) > 4", "57014");
        processor
                .begin(Batches.of(Stream.generate(Events::any).limit(16).toArray(Event[]::new)))
                .join();
        long before = faults.attempts();

        // When
        Outcome outcome = processor
                .begin(Batches.of(Stream.generate(Events::any).limit(16).toArray(Event[]::new)))
                .join();

        // Then
        assertThat(outcome).isEqualTo(new Outcome(16, 0, List.of()));
        assertThat(faults.attempts() - before).isEqualTo(4);
    }

    private CompletableFuture<Outcome> run(ConsumerRecords<byte[], byte @Nullable []> batch) {
        return CompletableFuture.supplyAsync(() -> processor.begin(batch).join());
    }

    @Test
    void aDeadLetterWithoutAValueStaysWithoutOne() {
        // Given
        ConsumerRecord<byte[], byte @Nullable []> tombstone = Batches.garbage(null);

        // When
        processor.begin(Batches.of(List.of(tombstone))).join();

        // Then
        ConsumerRecord<byte[], byte[]> letter = deadLetters.awaitFirst(
                it -> header(it, DeadLetterHeader.ORIGIN_OFFSET).equals(Long.toString(tombstone.offset())));
        assertThat(letter.value()).isNull();
        assertThat(letter.key()).isEqualTo(tombstone.key());
    }

    @Test
    void theSameRecordIsTheSameDeadLetterHoweverOftenItFails() {
        // Given
        ConsumerRecord<byte[], byte @Nullable []> garbage = Batches.garbage("garbage".getBytes(UTF_8));
        String offset = Long.toString(garbage.offset());

        // When
        processor.begin(Batches.of(List.of(garbage))).join();
        processor.begin(Batches.of(List.of(garbage))).join();

        // Then
        List<String> ids = deadLetters
                .await(letters -> letters.stream()
                                .filter(it -> header(it, DeadLetterHeader.ORIGIN_OFFSET)
                                        .equals(offset))
                                .count()
                        == 2)
                .stream()
                .filter(it -> header(it, DeadLetterHeader.ORIGIN_OFFSET).equals(offset))
                .map(it -> header(it, DeadLetterHeader.ID))
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        assertThat(UUID.fromString(ids.get(0)).version()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"})
    void anyTimeThatAnEventCanHaveIsStored(Instant time) {
        // Given
        Event event = Events.with().time(time).build();

        // When
        processor.begin(Batches.of(event)).join();

        // Then
        assertThat(messages.find(event.id())).map(Messages.Row::event).contains(event);
    }

    /** Those of these events that are stored, in the order of storing. */
    private List<Event> stored(List<Event> events) {
        return messages.find(events.stream().map(Event::id).toList()).stream()
                .map(Messages.Row::event)
                .toList();
    }

    private static boolean isOf(ConsumerRecord<byte[], byte[]> letter, UUID event) {
        var id = letter.headers().lastHeader(EventHeader.ID.key());
        return id != null && new String(id.value(), UTF_8).equals(event.toString());
    }

    /** The value of a header, or an empty text where it is missing: others write to the topic as well. */
    private static String header(ConsumerRecord<byte[], byte[]> letter, DeadLetterHeader header) {
        Header found = letter.headers().lastHeader(header.key());
        return found == null ? "" : new String(found.value(), UTF_8);
    }
}
