package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.EventHeader;
import io.sluice.e2e.Client.Answer;
import io.sluice.testkit.Suspension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** One id is one event, however often and by however many it is posted. */
class IdempotencyIT {

    private static final String FIRST = "{\"payload\":\"first\"}";
    private static final String OTHER = "{\"payload\":\"other\"}";

    private final Client client = Sluice.client();
    private final Table table = new Table();

    @Test
    void theSameIdempotencyKeyFiftyTimesAtOnceIsStoredOnce() {
        // Given
        String key = UUID.randomUUID().toString();
        Callable<Answer> post = () -> client.post(FIRST, "Idempotency-Key", key);

        // When
        List<Answer> answers = AtOnce.run(Collections.nCopies(50, post));

        // Then
        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers)
                .extracting(Answer::id)
                .hasSameElementsAs(List.of(answers.get(0).id()));
        String id = answers.get(0).id();
        client.read(id);
        assertThat(table.withId(UUID.fromString(id))).hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefusedOnceTheFirstIsStored() {
        // Given
        String key = UUID.randomUUID().toString();
        Answer first = client.post(FIRST, "Idempotency-Key", key);
        client.read(first.id());

        // When
        Answer other = client.post(OTHER, "Idempotency-Key", key);

        // Then
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().get("type").textValue()).isEqualTo("/problems/idempotency-conflict.md");
        assertThat(client.read(first.id()).payload()).asString().isEqualTo("\"first\"");
    }

    @Test
    void ofTwoBodiesUnderOneKeyAtOnceOneIsStoredAndEachOtherIsRefusedOrADeadLetter() {
        // Given
        String key = UUID.randomUUID().toString();
        List<Callable<Answer>> posts = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            posts.add(() -> client.post(FIRST, "Idempotency-Key", key));
            posts.add(() -> client.post(OTHER, "Idempotency-Key", key));
        }

        // When
        List<Answer> answers = AtOnce.run(posts);

        // Then
        assertThat(answers).extracting(Answer::status).containsAnyOf(202).isSubsetOf(202, 422);
        String id = answers.stream()
                .filter(answer -> answer.status() == 202)
                .findFirst()
                .orElseThrow()
                .id();
        String stored = new String(client.read(id).payload(), UTF_8);
        int storedBody = stored.equals("\"first\"") ? 0 : 1;
        long acceptedOthers = 0;
        for (int i = 0; i < answers.size(); i++) {
            acceptedOthers += i % 2 != storedBody && answers.get(i).status() == 202 ? 1 : 0;
        }
        assertThat(table.withId(UUID.fromString(id))).hasSize(1);
        assertThat(new DeadLetters().await((int) acceptedOthers, EventHeader.ID.key(), id))
                .hasSize((int) acceptedOthers)
                .allMatch(record -> DeadLetters.header(record, DeadLetterHeader.REASON.key())
                        .equals("idempotency-conflict"));
    }

    /** Events of different keys lie on different partitions, which are read in any order. */
    @Test
    void ofTwoBodiesOfDifferentKeysOneIsStoredAndTheOtherIsADeadLetterWhicheverCameFirst() {
        // When
        List<Pair> pairs = postBeforeAnyIsStored(20, "a", "z");

        // Then
        List<ConsumerRecord<byte[], byte[]>> letters = awaitLetters(pairs);
        for (Pair pair : pairs) {
            String stored = new String(client.read(pair.id()).payload(), UTF_8);
            assertThat(stored).isIn("\"first\"", "\"other\"");
            assertOneRowAndOneDeadLetter(pair, letters, stored.equals("\"first\"") ? "\"other\"" : "\"first\"");
        }
    }

    @Test
    void ofTwoBodiesOfOneKeyTheFirstIsStoredAndTheOtherIsADeadLetter() {
        // When
        List<Pair> pairs = postBeforeAnyIsStored(20, "a", "a");

        // Then
        List<ConsumerRecord<byte[], byte[]>> letters = awaitLetters(pairs);
        for (Pair pair : pairs) {
            assertThat(client.read(pair.id()).payload()).asString().isEqualTo("\"first\"");
            assertOneRowAndOneDeadLetter(pair, letters, "\"other\"");
        }
    }

    /** Two events that were posted one after the other under one id. */
    private record Pair(String id) {}

    private List<Pair> postBeforeAnyIsStored(int count, String firstKeys, String otherKeys) {
        Suspension consumer = new Suspension(Sluice.platform().consumer().process());
        consumer.begin();
        try {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String idempotencyKey = UUID.randomUUID().toString();
                Answer first = post(firstKeys + i, "first", idempotencyKey);
                Answer other = post(otherKeys + i, "other", idempotencyKey);
                assertThat(List.of(first, other)).extracting(Answer::status).containsOnly(202);
                assertThat(other.id()).isEqualTo(first.id());
                pairs.add(new Pair(first.id()));
            }
            return pairs;
        } finally {
            consumer.end();
        }
    }

    private Answer post(String key, String payload, String idempotencyKey) {
        return client.post(
                "{\"key\":\"%s\",\"payload\":\"%s\"}".formatted(key, payload), "Idempotency-Key", idempotencyKey);
    }

    /** Of all pairs at once: the topic is read from its beginning each time. */
    private static List<ConsumerRecord<byte[], byte[]>> awaitLetters(List<Pair> pairs) {
        return new DeadLetters()
                .awaitEach(EventHeader.ID.key(), pairs.stream().map(Pair::id).collect(Collectors.toSet()));
    }

    private void assertOneRowAndOneDeadLetter(
            Pair pair, List<ConsumerRecord<byte[], byte[]>> letters, String payloadOfTheOther) {
        assertThat(table.withId(UUID.fromString(pair.id()))).hasSize(1);
        assertThat(letters)
                .filteredOn(letter ->
                        DeadLetters.header(letter, EventHeader.ID.key()).equals(pair.id()))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(new String(letter.value(), UTF_8)).isEqualTo(payloadOfTheOther);
                    assertThat(DeadLetters.header(letter, DeadLetterHeader.REASON.key()))
                            .isEqualTo("idempotency-conflict");
                });
    }

    @Test
    void anIdThatTheClientChoseIsTheIdOfTheEvent() {
        String id = UUID.randomUUID().toString();
        String body = "{\"id\":\"%s\",\"payload\":1}".formatted(id);

        assertThat(client.post(body).id()).isEqualTo(id);
        assertThat(client.read(id).status()).isEqualTo(200);
        assertThat(client.post(body).status()).isEqualTo(202);
        assertThat(client.post("{\"id\":\"%s\",\"payload\":2}".formatted(id)).status())
                .isEqualTo(422);
    }

    @Test
    void anIdAndAnIdempotencyKeyTogetherAreRefused() {
        String body = "{\"id\":\"%s\",\"payload\":1}".formatted(UUID.randomUUID());

        assertThat(client.post(body, "Idempotency-Key", "k").status()).isEqualTo(400);
    }
}
