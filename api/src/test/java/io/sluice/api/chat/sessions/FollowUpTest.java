package io.sluice.api.chat.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpTest {

    private static final String BEFORE = "How much paracetamol may adults take?";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "and for children?",
                "And for children under 12 years?",
                "What about children?",
                "how about with alcohol",
                "Why?",
                "How often?",
                "Is it safe during pregnancy?",
                "What are the side effects of it?",
                "Und für Kinder?",
                "Et pour les enfants ?",
                "¿Y para los niños?",
                "🙂"
            })
    void whatLeavesSomethingToTheQuestionBeforeIsKnown(String question) {
        assertThat(FollowUp.context(question, BEFORE)).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the maximum daily dose of ibuprofen?",
                "Is it safe to drink alcohol together with ibuprofen tablets?",
                "Who must not take ibuprofen?",
                "What are the visiting hours of the ward?",
                "How do I wash my hands?"
            })
    void whatMakesSenseByItselfIsLeftAlone(String question) {
        assertThat(FollowUp.context(question, BEFORE)).isEmpty();
    }

    @Test
    void aTopicHasAnEnd() {
        assertThat(FollowUp.topic("Why?", "")).isEqualTo("Why?");
        assertThat(FollowUp.topic("Why?", BEFORE)).isEqualTo(BEFORE + "\nWhy?");
        assertThat(FollowUp.topic("Why?", "😀".repeat(2_000)))
                .endsWith("😀\nWhy?")
                .hasSizeLessThanOrEqualTo(2_000);
    }
}
