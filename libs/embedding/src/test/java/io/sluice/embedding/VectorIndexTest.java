package io.sluice.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.embedding.VectorIndex.Hit;
import io.sluice.embedding.VectorIndex.Passage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VectorIndexTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final float[] EAST = {1, 0};

    private final VectorIndex index = new VectorIndex(2, 4);

    private static Passage passage(long id, float... vector) {
        return new Passage(id, QuantizedVector.of(vector));
    }

    private List<Long> found(String... owners) {
        return index.search(EAST, 10, Set.of(owners), document -> true).stream()
                .map(Hit::passage)
                .toList();
    }

    @Test
    void findsTheNearestFirst() {
        // Given
        index.put(ONE, "a", List.of(passage(1, 0, 1), passage(2, 3, 4), passage(3, -1, 0)));
        index.put(OTHER, "a", List.of(passage(4, 4, 3)));

        // When
        List<Hit> hits = index.search(EAST, 3, Set.of("a"), document -> true);

        // Then
        assertThat(hits).extracting(Hit::passage).containsExactly(4L, 2L, 1L);
        assertThat(hits).extracting(Hit::document).containsExactly(OTHER, ONE, ONE);
        assertThat(hits.get(0).similarity()).isCloseTo(0.8f, within(0.004f));
        assertThat(hits.get(1).similarity()).isCloseTo(0.6f, within(0.004f));
        assertThat(hits.get(2).similarity()).isZero();
    }

    @Test
    void findsDocumentsOfTheseOwnersAlone() {
        index.put(ONE, "a", List.of(passage(1, 1, 0)));
        index.put(OTHER, "shared", List.of(passage(2, 1, 1)));

        assertThat(found("a", "shared")).containsExactly(1L, 2L);
        assertThat(found("a")).containsExactly(1L);
        assertThat(found("b", "shared")).containsExactly(2L);
        assertThat(found("b")).isEmpty();
    }

    @Test
    void findsDocumentsOfTheSelectionAlone() {
        index.put(ONE, "a", List.of(passage(1, 1, 0)));
        index.put(OTHER, "a", List.of(passage(2, 1, 1)));

        assertThat(index.search(EAST, 10, Set.of("a"), OTHER::equals))
                .extracting(Hit::passage)
                .containsExactly(2L);
    }

    @Test
    void ofThoseThatAreAsNearTheLowerIdIsKept() {
        index.put(ONE, "a", List.of(passage(7, 1, 0), passage(5, 1, 0)));
        index.put(OTHER, "a", List.of(passage(6, 1, 0), passage(4, 1, 0)));

        assertThat(index.search(EAST, 2, Set.of("a"), document -> true))
                .extracting(Hit::passage)
                .containsExactly(4L, 5L);
    }

    @Test
    void aDocumentIsReplacedAndRemoved() {
        // Given
        index.put(ONE, "a", List.of(passage(1, 1, 0), passage(2, 1, 0)));

        // When
        index.put(ONE, "b", List.of(passage(3, 1, 0)));

        // Then
        assertThat(found("a")).isEmpty();
        assertThat(found("b")).containsExactly(3L);
        assertThat(index.size()).isOne();

        // When
        index.remove(ONE);
        index.remove(OTHER);

        // Then
        assertThat(found("a", "b")).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Test
    void whatIsNotInOrCameLaterIsUnknown() {
        // Given
        index.put(ONE, "a", List.of(passage(1, 1, 0), passage(3, 1, 0)));
        long revision = index.revision();

        // When
        index.put(OTHER, "b", List.of(passage(2, 1, 0)));

        // Then
        List<Long> all = List.of(1L, 2L, 3L, 4L);
        assertThat(index.unknown(all, revision)).containsExactlyInAnyOrder(2L, 4L);
        assertThat(index.unknown(all, index.revision())).containsExactly(4L);
        assertThat(index.unknown(List.of(), revision)).isEmpty();
    }

    @Test
    void whatThereIsNoRoomForIsNotIn() {
        // Given
        List<Passage> three = List.of(passage(1, 1, 0), passage(2, 1, 0), passage(3, 1, 0));
        assertThat(index.put(ONE, "a", three)).isTrue();

        // Then
        assertThat(index.put(OTHER, "a", three)).isFalse();
        assertThat(found("a")).hasSize(3);
        assertThat(index.put(ONE, "a", List.of(passage(4, 1, 0), passage(5, 1, 0), passage(6, 1, 0), passage(7, 1, 0))))
                .isTrue();

        // When: its next version has no room. The one before is out of date.
        boolean put = index.put(
                ONE,
                "a",
                LongStream.range(0, 5).mapToObj(id -> passage(id, 1, 0)).toList());

        // Then
        assertThat(put).isFalse();
        assertThat(index.size()).isZero();
        assertThat(found("a")).isEmpty();
    }

    @Test
    void aVectorOfAnotherModelIsRefused() {
        assertThatThrownBy(() -> index.put(ONE, "a", List.of(passage(1, 1, 0, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.put(ONE, "a", List.of(new Passage(1, new byte[2]))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuantizedVector.of(new float[2])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuantizedVector.of(new float[] {Float.NaN, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(index.size()).isZero();
    }

    @Test
    void manyDimensionsDoNotOverflow() {
        // Given
        VectorIndex large = new VectorIndex(4096, 1);
        float[] question = new float[4096];
        Arrays.fill(question, 1f / 64);
        large.put(ONE, "a", List.of(passage(1, question)));

        // Then
        assertThat(large.search(question, 1, Set.of("a"), document -> true)
                        .get(0)
                        .similarity())
                .isCloseTo(1, within(0.001f));
    }

    @Test
    void findsNearlyWhatFloatsWould() {
        // Given: vectors in clusters, as those of texts are
        Random random = new Random(1);
        float[][] vectors = new float[2_000][];
        VectorIndex large = new VectorIndex(384, vectors.length);
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = near(i % 40 == 0 ? new float[384] : vectors[i - i % 40], random);
            large.put(new UUID(1, i), "a", List.of(passage(i, vectors[i])));
        }

        // When
        long same = 0;
        for (int i = 0; i < vectors.length; i += 100) {
            float[] question = vectors[i];
            double[] similarities = new double[vectors.length];
            Arrays.setAll(similarities, other -> product(question, vectors[other]));
            List<Long> exact = LongStream.range(0, vectors.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(other -> -similarities[other.intValue()]))
                    .limit(10)
                    .toList();
            same += large.search(question, 10, Set.of("a"), document -> true).stream()
                    .map(Hit::passage)
                    .filter(exact::contains)
                    .count();
        }

        // Then
        assertThat(same).isGreaterThanOrEqualTo(196);
    }

    private static float[] near(float[] centre, Random random) {
        float[] vector = new float[centre.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = centre[i] + (float) random.nextGaussian() / 20;
        }
        float length = (float) Math.sqrt(product(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    @Test
    void aSearchSeesADocumentAsItWasOrAsItIs() {
        // Given
        List<Passage> former = List.of(passage(1, 1, 0), passage(2, 1, 0));
        List<Passage> next = List.of(passage(3, 1, 0), passage(4, 1, 0));
        index.put(ONE, "a", former);

        // When
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 200_000; i++) {
                index.put(ONE, "a", i % 2 == 0 ? next : former);
            }
        });

        // Then
        while (!writer.isDone()) {
            assertThat(found("a")).isIn(List.of(1L, 2L), List.of(3L, 4L));
        }
        writer.join();
    }
}
