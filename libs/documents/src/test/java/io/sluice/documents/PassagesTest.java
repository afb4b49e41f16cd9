package io.sluice.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PassagesTest {

    private final List<Passage> passages = new ArrayList<>();
    private final Passages<RuntimeException> sink =
            new Passages<>(TestDocuments.SIZE, TestDocuments.noBudget(), passages::add);

    @Test
    void putsSentencesTogetherUpToTheSizeOfAPassage() {
        // Given
        String sentence = "This is a sentence that has the ten words it needs.";

        // When
        sink.line((sentence + " ").repeat(40).strip(), false);
        sink.end();

        // Then
        assertThat(passages).hasSizeBetween(5, 6);
        assertThat(passages.get(0).text()).isEqualTo((sentence + " ").repeat(7).strip());
        assertThat(passages.get(0).page()).isEqualTo(OptionalInt.empty());
    }

    @Test
    void crossesNoHeadingAndNamesThoseAbove() {
        // When
        sink.heading(0, "Leaflet");
        sink.heading(1, "Ibuprofen");
        paragraph("It eases pain.");
        sink.heading(2, "Dose");
        sink.heading(3, "Adults");
        paragraph("400 mg.");
        sink.heading(3, "Children");
        paragraph("Ask a doctor.");
        sink.heading(1, "Paracetamol");
        sink.heading(1, "Aspirin");
        sink.end();

        // Then
        assertThat(passages)
                .extracting(Passage::text)
                .containsExactly(
                        "Leaflet\nIbuprofen\nIt eases pain.",
                        "Dose\nAdults\n400 mg.",
                        "Children\nAsk a doctor.",
                        "Paracetamol",
                        "Aspirin");
        assertThat(passages)
                .extracting(Passage::headings)
                .containsExactly(
                        List.of("Leaflet", "Ibuprofen"),
                        List.of("Leaflet", "Ibuprofen", "Dose", "Adults"),
                        List.of("Leaflet", "Ibuprofen", "Dose", "Children"),
                        List.of("Leaflet", "Paracetamol"),
                        List.of("Leaflet", "Aspirin"));
    }

    @Test
    void keepsTheNearestHeadingsAndShortensLongOnes() {
        // When
        for (int level = 1; level <= 6; level++) {
            sink.heading(level, "Heading " + level + " word".repeat(40));
        }
        paragraph("Text.");
        sink.end();

        // Then
        List<String> headings = passages.get(passages.size() - 1).headings();
        assertThat(headings).hasSize(2);
        assertThat(headings.get(1))
                .startsWith("Heading 6 word")
                .endsWith("word…")
                .hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void namesThePageOnWhichASentenceBegins() {
        // When
        sink.page(1);
        sink.line("The first sentence. Do not take more than", false);
        sink.page(2);
        sink.line("1200 mg a day. The third sentence.", true);
        sink.end();

        // Then
        assertThat(passages)
                .extracting(passage -> passage.page().orElseThrow() + ": " + passage.text())
                .containsExactly(
                        "1: The first sentence. Do not take more than 1200 mg a day.", "2: The third sentence.");
    }

    @Test
    void joinsWordsThatWereHyphenatedAndNoOthers() {
        // When
        lines("It is a medi-", "cation of 10-", "20 mg, COVID-", "19, pre-", "and postoperative, a –", "b");

        // Then
        assertThat(passages.get(0).text())
                .isEqualTo("It is a medication of 10-20 mg, COVID-19, pre- and postoperative, a – b");
    }

    @Test
    void cutsALongSentenceBehindACommaAndNeverBehindANumber() {
        // When
        sink.line(
                "word ".repeat(70) + "up to, and not above it, of 400 " + "mg ".repeat(60) + "400 mg ".repeat(80),
                false);
        sink.end();

        // Then
        assertThat(passages.get(0).text()).endsWith("not above it,");
        assertThat(passages).hasSizeGreaterThan(3).allSatisfy(passage -> assertThat(passage.text())
                .endsWith(passage.ordinal() == 0 ? "," : "mg"));
    }

    @Test
    void cutsAWordWithoutAnEndBetweenCharacters() {
        // When
        sink.line("👩‍⚕️".repeat(2_000), false);
        sink.end();

        // Then
        assertThat(passages).hasSizeGreaterThan(5).allSatisfy(passage -> assertThat(
                        passage.text().replace("👩‍⚕️", ""))
                .isEmpty());
    }

    @Test
    void countsWordsOfScriptsWithoutSpaces() {
        // When
        sink.line("这是一句没有句号的话".repeat(100), false);
        sink.end();

        // Then
        assertThat(passages).hasSizeBetween(6, 7);
    }

    private void paragraph(String text) {
        sink.line(text, false);
        sink.endParagraph();
    }

    private void lines(String... lines) {
        for (String line : lines) {
            sink.line(line, true);
        }
        sink.end();
    }

    @Test
    void moreThanATransactionTakesIsTooLarge() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= Passages.MAX_PASSAGES; i++) {
                        sink.heading(1, "A");
                    }
                    sink.end();
                })
                .isInstanceOfSatisfying(
                        ExceededException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThat(passages).hasSize(Passages.MAX_PASSAGES);
    }
}
