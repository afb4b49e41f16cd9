package io.sluice.documents;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** Time that passes where no library is at work. */
class BudgetTest {

    private long time;
    private final Budget budget = new Budget(() -> time);

    @Test
    void theTimeOfADocumentCoversTheWayThroughItsTree() {
        // Given
        TextSink<RuntimeException> sink = new TextSink<>() {
            @Override
            public void page(int number) {}

            @Override
            public void heading(int level, String text) {
                time = Budget.DOCUMENT.toNanos() + 1;
            }

            @Override
            public void line(String text, boolean wrapped) {}

            @Override
            public void endParagraph() {}
        };

        // When, Then
        assertThatThrownBy(() -> HtmlText.read(new StringReader("<p>a".repeat(100)), budget, sink))
                .isInstanceOf(ExceededException.class);
    }

    @Test
    void theTimeOfADocumentCoversTheCuttingOfItsPassages() {
        // Given
        Passages<RuntimeException> passages = new Passages<>(TestDocuments.SIZE, budget, passage -> {});
        time = Budget.DOCUMENT.toNanos() + 1;

        // When, Then
        assertThatThrownBy(() -> {
                    passages.line("A sentence. ".repeat(100), false);
                    passages.end();
                })
                .isInstanceOf(ExceededException.class);
    }
}
