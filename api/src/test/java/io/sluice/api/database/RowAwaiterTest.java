package io.sluice.api.database;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowAwaiterTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final AtomicLong nanoTime = new AtomicLong();
    private final Set<String> come = ConcurrentHashMap.newKeySet();
    private final List<Set<String>> asked = new CopyOnWriteArrayList<>();
    private final RowAwaiter<String> awaiter = new RowAwaiter<>("rows", this::find, nanoTime::get);

    private Set<String> find(Set<String> ids) {
        asked.add(Set.copyOf(ids));
        return come;
    }

    @AfterEach
    void close() {
        awaiter.close();
    }

    @Test
    void whatIsWaitedForSinceLongIsAskedForSeldom() {
        // Given
        CompletableFuture<Boolean> old = waiting("old");
        nanoTime.addAndGet(Duration.ofMillis(950).toNanos());
        CompletableFuture<Boolean> young = waiting("young");
        nanoTime.addAndGet(Duration.ofMillis(50).toNanos());
        CompletableFuture<Boolean> fresh = waiting("fresh");
        await().until(() -> asked.stream().anyMatch(ids -> ids.contains("fresh")));
        asked.clear();

        // When
        await().until(() -> placesOf("old").size() >= 3);

        // Then
        assertThat(distance(placesOf("old"))).isEqualTo(50);
        assertThat(distance(placesOf("young"))).isEqualTo(5);
        assertThat(asked).allSatisfy(ids -> assertThat(ids).contains("fresh"));

        // When
        come.addAll(List.of("old", "young", "fresh"));

        // Then
        assertThat(List.of(old, young, fresh))
                .allSatisfy(waiter -> assertThat(waiter).succeedsWithin(TIMEOUT).isEqualTo(true));
    }

    @Test
    void whoComesLaterIsAnsweredAsSoonAsTheFirst() {
        // Given
        CompletableFuture<Boolean> first = waiting("row");
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        CompletableFuture<Boolean> second = waiting("row");

        // When
        int before = asked.size();
        await().until(() -> asked.size() >= before + 3);
        come.add("row");

        // Then
        assertThat(List.of(first, second))
                .allSatisfy(waiter -> assertThat(waiter).succeedsWithin(TIMEOUT).isEqualTo(true));
        assertThat(awaiter.count()).isZero();
    }

    private CompletableFuture<Boolean> waiting(String id) {
        return awaiter.untilReady(id, TIMEOUT).subscribeAsCompletionStage();
    }

    private static int distance(List<Integer> places) {
        return places.get(2) - places.get(1);
    }

    private List<Integer> placesOf(String id) {
        return IntStream.range(0, asked.size())
                .filter(place -> asked.get(place).contains(id))
                .boxed()
                .toList();
    }
}
