package io.sluice.api.chat.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
                "Is it safe to drive?",
                "What is the dose?",
                "What if I forget a tablet?",
                "Was ist mit Kindern?",
                "Und für Kinder?",
                "Et pour les enfants ?",
                "¿Y para los niños?",
                "🙂"
            })
    void whatLeavesSomethingToTheQuestionBeforeIsKnown(String question) {
        assertThat(FollowUp.context(question, List.of("What is aspirin?", BEFORE)))
                .containsExactly(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the maximum daily dose of ibuprofen?",
                "Is it safe to drink alcohol together with ibuprofen tablets?",
                "Who must not take ibuprofen?",
                "What are the visiting hours of the ward?",
                "How do I wash my hands?",
                "What is ibuprofen?",
                "Is it safe to take ibuprofen?",
                "Is there a bus to the airport?",
                "Was ist Ibuprofen?",
                "Wie oft darf man Ibuprofen nehmen?"
            })
    void whatMakesSenseByItselfIsLeftAlone(String question) {
        assertThat(FollowUp.context(question, List.of(BEFORE))).isEmpty();
    }

    @Test
    void whatAQuestionLeavesToAnotherThatOneMayHaveLeftToTheOneBefore() {
        assertThat(FollowUp.context("How often?", List.of("What is aspirin?", BEFORE, "And for children?")))
                .containsExactly("And for children?", BEFORE);
        assertThat(FollowUp.context("Why?", List.of("a?", "b?", "c?", "d?"))).containsExactly("d?", "c?", "b?");
        assertThat(FollowUp.context("Why?", List.of())).isEmpty();
    }
}
