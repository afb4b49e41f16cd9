package io.sluice.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuestionTermsTest {

    private static final String ALICE = "https://login.example.com/alice";
    private static final String BOB = "https://login.example.com/bob";
    private static final String STRANGER = "https://elsewhere.example.com/alice";

    private Corpus corpus;

    @BeforeEach
    void begin() throws SQLException {
        corpus = new Corpus();
    }

    @AfterEach
    void rollBack() throws SQLException {
        corpus.close();
    }

    private static double weight(int passages, int found) {
        return Math.log(1 + (passages - found + 0.5) / (found + 0.5));
    }

    @Test
    void weightsAreInverseFrequenciesAmongWhatTheCallerCanRead() throws SQLException {
        // Given
        UUID own = corpus.add(ALICE, "private", "dose of aspirin", "dose of ibuprofen", "a rare word");
        corpus.add(BOB, "shared", "dose of naproxen");
        corpus.add(BOB, "private", "rare rare", "rare");
        corpus.add(STRANGER, "shared", "rare");

        // When
        Map<String, Double> all =
                QuestionTerms.weights(corpus.transaction(), ALICE, List.of(), "What doses are rare, of the unknown?");
        Map<String, Double> some = QuestionTerms.weights(corpus.transaction(), ALICE, List.of(own), "naproxen doses");

        // Then
        assertThat(all).containsOnlyKeys("dose", "rare", "unknown");
        assertThat(all.get("dose")).isCloseTo(weight(4, 3), within(1e-9));
        assertThat(all.get("rare")).isCloseTo(weight(4, 1), within(1e-9));
        assertThat(all.get("unknown")).isCloseTo(weight(4, 0), within(1e-9));
        assertThat(some.get("naproxen")).isCloseTo(weight(3, 0), within(1e-9));
    }

    @Test
    void aQuestionOfNothingButStopWordsHasNone() throws SQLException {
        assertThat(QuestionTerms.weights(corpus.transaction(), ALICE, List.of(), "of the"))
                .isEmpty();
    }

    @Test
    void lexemesOfTextsAreThoseOfPassages() throws SQLException {
        assertThat(QuestionTerms.lexemes(corpus.transaction(), List.of("Doses, doses!", "", "of the", "Tablets 4 g")))
                .containsExactly(Set.of("dose"), Set.of(), Set.of(), Set.of("tablet", "4", "g"));
    }
}
