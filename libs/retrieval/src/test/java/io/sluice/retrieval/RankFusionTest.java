package io.sluice.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RankFusionTest {

    private static final String SHORT = "a word ".repeat(9);
    private static final String STORY = "a word ".repeat(10);

    private static List<Long> fused(String question, List<Long> byWords, List<Long> byMeaning) {
        return RankFusion.fuse(question, byWords, byMeaning, Set.of(), 10).stream()
                .map(RankedPassage::id)
                .toList();
    }

    @Test
    void whatBothHaveFoundStandsBeforeWhatOneHas() {
        assertThat(fused(SHORT, List.of(1L, 2L, 3L), List.of(4L, 3L, 5L))).containsExactly(3L, 1L, 4L, 2L, 5L);
    }

    @Test
    void theScoreIsTheSumOfReciprocalPlaces() {
        // When
        List<RankedPassage> fused = RankFusion.fuse(SHORT, List.of(1L, 2L), List.of(2L), Set.of(), 1);

        // Then
        assertThat(fused).extracting(RankedPassage::id).containsExactly(2L);
        assertThat(fused.get(0).score()).isCloseTo(1 / 62.0 + 1 / 61.0, within(1e-12));
    }

    @Test
    void meaningHasTwiceTheWeightForAStory() {
        assertThat(fused(SHORT, List.of(1L), List.of(3L, 2L))).containsExactly(1L, 3L, 2L);
        assertThat(fused(STORY, List.of(1L), List.of(3L, 2L))).containsExactly(3L, 2L, 1L);
    }

    @Test
    void whatStandsFarBehindHasNoPart() {
        // Given
        List<Long> hundredAndOne = LongStream.rangeClosed(1, 101).boxed().toList();

        // Then
        assertThat(RankFusion.fuse(SHORT, hundredAndOne, List.of(), Set.of(), 1_000))
                .extracting(RankedPassage::id)
                .isEqualTo(hundredAndOne.subList(0, 100));
    }

    @Test
    void whatHasNoVectorYetStandsAsItDoesByWords() {
        // Given
        List<Long> byWords = List.of(9L, 1L, 2L);
        List<Long> byMeaning = List.of(1L, 2L, 3L);

        // Then
        assertThat(fused(SHORT, byWords, byMeaning)).containsExactly(1L, 2L, 9L, 3L);
        for (String question : List.of(SHORT, STORY)) {
            assertThat(RankFusion.fuse(question, byWords, byMeaning, Set.of(9L), 10))
                    .extracting(RankedPassage::id)
                    .containsExactly(9L, 1L, 2L, 3L);
        }
    }

    @Test
    void nothingIsMadeOfNothing() {
        assertThat(fused("", List.of(), List.of())).isEmpty();
    }
}
