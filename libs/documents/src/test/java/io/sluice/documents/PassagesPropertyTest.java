package io.sluice.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PassagesPropertyTest {

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /**
     * A paragraph or a heading.
     *
     * @param level of the heading; 0 for a paragraph
     */
    record Block(int level, int page, String text) {}

    @Property(tries = 400)
    void losesNothingAndKeepsEveryBound(@ForAll("blocks") List<Block> blocks, @ForAll("sizes") int maxTokens) {
        // Given
        List<Passage> passages = new ArrayList<>();
        PassageSize size = new PassageSize(maxTokens, PassagesPropertyTest::tokens);
        Passages<RuntimeException> sink = new Passages<>(size, TestDocuments.noBudget(), passages::add);
        StringBuilder expected = new StringBuilder();
        int page = 0;

        // When
        for (Block block : blocks) {
            page += block.page;
            sink.page(page + 1);
            String text = CleanText.of(block.text);
            if (block.level > 0) {
                sink.heading(block.level, text);
            } else {
                sink.line(text, false);
                sink.endParagraph();
            }
            expected.append(text);
        }
        sink.end();

        // Then
        String together = String.join("", passages.stream().map(Passage::text).toList());
        assertThat(SPACE.matcher(together).replaceAll(""))
                .isEqualTo(SPACE.matcher(expected).replaceAll(""));
        int before = 0;
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            assertThat(passage.ordinal()).isEqualTo(i);
            assertThat(passage.page().orElseThrow()).isBetween(Math.max(before, 1), page + 1);
            before = passage.page().orElseThrow();
            assertThat(passage.text()).isNotBlank().hasSizeLessThanOrEqualTo(Passage.MAX_LENGTH);
            assertThat(tokens(passage.text())).isLessThanOrEqualTo(maxTokens);
            assertThat(Words.count(passage.text())).isLessThanOrEqualTo(Passages.MAX_WORDS);
            assertThat(String.join("", passage.headings())).hasSizeLessThanOrEqualTo(Passage.MAX_HEADINGS_LENGTH);
            assertThat(passage.text()).isEqualTo(CleanText.of(passage.text()));
        }
    }

    @Property(tries = 200)
    void cutsNoSentenceThatFits(@ForAll("shortSentences") List<String> sentences) {
        // Given
        List<Passage> passages = new ArrayList<>();
        Passages<RuntimeException> sink =
                new Passages<>(new PassageSize(1_000, String::length), TestDocuments.noBudget(), passages::add);

        // When
        sink.line(String.join(" ", sentences), false);
        sink.end();

        // Then
        List<String> found = passages.stream()
                .flatMap(passage -> Sentences.of(passage.text()).stream())
                .toList();
        assertThat(found).isEqualTo(sentences);
    }

    /** As tokenizers of word pieces do: a beginning of a word can have more tokens than the whole one, and a long word is unknown. */
    private static int tokens(String text) {
        int tokens = 2;
        for (String word : SPACE.split(text, -1)) {
            tokens += word.length() > 100 ? 1 : word.equals("paracetamol") ? 1 : 1 + word.length() / 3;
        }
        return tokens;
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.of(PassageSize.MIN_TOKENS, 40, 126, 254);
    }

    @Provide
    Arbitrary<List<Block>> blocks() {
        Arbitrary<String> words = Arbitraries.of(
                "dose",
                "paracetamol",
                "400",
                "mg",
                "mg.",
                "e.g.",
                "Dr.",
                "Stop.",
                "Why?",
                "1.5",
                "and,",
                "日本語。",
                "日",
                "ก",
                "👩‍⚕️",
                "e\u0301",
                "\u0000",
                "\ud83d",
                "x".repeat(130),
                "\n",
                "ab\u00ad",
                "-",
                "…",
                "\u0301".repeat(40));
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(200);
        Arbitrary<String> texts = words.list().ofMaxSize(250).map(list -> String.join(" ", list));
        Arbitrary<String> glued = words.list().ofMaxSize(400).map(list -> String.join("", list));
        Arbitrary<String> text = Arbitraries.oneOf(texts, texts, glued, any);
        return Combinators.combine(Arbitraries.of(0, 0, 0, 1, 2, 3), Arbitraries.of(0, 0, 1, 2), text)
                .as(Block::new)
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<String>> shortSentences() {
        Arbitrary<String> word = Arbitraries.of("take", "400 mg", "of", "it", "at 3.5 h", "or, if", "necessary");
        return word.list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(list -> "Then " + String.join(" ", list) + " so.")
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
