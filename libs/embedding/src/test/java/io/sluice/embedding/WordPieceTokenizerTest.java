package io.sluice.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPieceTokenizerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A file of other cases, as testing/tokenizer/run makes it; those of the resource by default. */
    private static final String CASES = System.getProperty("sluice.tokenizer.cases", "");

    private static final WordPieceTokenizer TOKENIZER = original();

    /** A text, and the ids that the original makes of it. */
    private record Case(String text, long[] ids) {}

    private static WordPieceTokenizer original() {
        try {
            return TokenizerFiles.json(resource("/all-minilm-l6-v2-q-tokenizer.json"));
        } catch (UnusableModelException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream content = WordPieceTokenizerTest.class.getResourceAsStream(name)) {
            return content.readAllBytes();
        }
    }

    private static List<Case> cases() throws IOException {
        byte[] content = CASES.isEmpty() ? resource("tokenizer-cases.jsonl") : Files.readAllBytes(Path.of(CASES));
        List<Case> cases = new ArrayList<>();
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            cases.add(JSON.readValue(line, Case.class));
        }
        return cases;
    }

    private static long[] ids(String text) {
        return TOKENIZER.encode(text, 1000).ids();
    }

    @Test
    void splitsAsTheOriginal() throws IOException {
        List<Case> cases = cases();

        assertThat(cases).hasSizeGreaterThanOrEqualTo(300).allSatisfy(example -> {
            Tokens tokens = TOKENIZER.encode(example.text(), 100_000);
            assertThat(tokens.ids()).as(example.text()).isEqualTo(example.ids());
            assertThat(tokens.truncated()).isFalse();
            assertThat(TOKENIZER.count(example.text())).isEqualTo(example.ids().length - WordPieceTokenizer.MARKS);
        });
    }

    @Test
    void tellsThatATextIsCut() {
        // Given
        String text = "one two three four";
        long[] whole = ids(text);

        // When
        Tokens fitting = TOKENIZER.encode(text, 6);
        Tokens cut = TOKENIZER.encode(text, 5);

        // Then
        assertThat(fitting).returns(whole, Tokens::ids).returns(false, Tokens::truncated);
        assertThat(cut)
                .returns(new long[] {whole[0], whole[1], whole[2], whole[3], whole[5]}, Tokens::ids)
                .returns(true, Tokens::truncated);
    }

    @Test
    void cutsInAWordWhosePiecesDoNotAllFit() {
        long[] whole = ids("supercalifragilisticexpialidocious");

        Tokens cut = TOKENIZER.encode("supercalifragilisticexpialidocious", 5);

        assertThat(cut.ids()).startsWith(whole[0], whole[1], whole[2], whole[3]).hasSize(5);
        assertThat(cut.truncated()).isTrue();
    }

    @Test
    void aHalfOfASurrogatePairIsPassedOver() {
        assertThat(ids("a\ud83d b\ude00c")).isEqualTo(ids("a bc"));
    }

    @Test
    void namesOfSpecialTokensAreText() {
        assertThat(ids("a [SEP] b")).isEqualTo(ids("a [ sep ] b"));
    }

    @Test
    void countsAddUp() {
        String one = "Paracetamol, 500 mg:";
        String other = "not more than 4 g a day.";

        assertThat(TOKENIZER.count(one + " " + other)).isEqualTo(TOKENIZER.count(one) + TOKENIZER.count(other));
    }

    @Test
    void aMillionCharactersWithoutABlankAreOneUnknownWord() {
        assertThat(TOKENIZER.count("x".repeat(1_000_000))).isOne();
    }

    @Test
    void readsAVocabularyOfLines() throws UnusableModelException {
        WordPieceTokenizer tokenizer = TokenizerFiles.lines(
                "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##able\r\n##a\n".getBytes(StandardCharsets.UTF_8));

        assertThat(tokenizer.encode("Unable una x", 10).ids()).containsExactly(2, 4, 5, 4, 6, 1, 3);
    }

    @Test
    void keepsCaseAndAccentsWhereTheModelDoes() throws UnusableModelException {
        String cased = json("BertNormalizer", "WordPiece", Map.of("[UNK]", 0, "[CLS]", 1, "[SEP]", 2, "É", 3, "e", 4))
                .replace("\"lowercase\":true", "\"lowercase\":false");

        WordPieceTokenizer tokenizer = TokenizerFiles.json(cased.getBytes(StandardCharsets.UTF_8));

        assertThat(tokenizer.encode("É é e E", 10).ids()).containsExactly(1, 3, 0, 4, 0, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "BertNormalizer, Unigram, 'model.type of tokenizer.json is Unigram, and must be WordPiece'",
        "Precompiled, WordPiece, 'normalizer.type of tokenizer.json is Precompiled, and must be BertNormalizer'",
        "BertNormalizer, WordPiece, 'the vocabulary has no [UNK]'"
    })
    void anotherKindOfTokenizerIsNamed(String normalizer, String model, String fault) {
        byte[] content = json(normalizer, model, Map.of("a", 0)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> TokenizerFiles.json(content))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void whatIsNoJsonIsSaid() {
        assertThatThrownBy(() -> TokenizerFiles.json(new byte[] {1, 2, 3}))
                .isInstanceOf(UnusableModelException.class)
                .hasMessage("tokenizer.json is no JSON");
    }

    private static String json(String normalizer, String model, Map<String, Integer> vocabulary) {
        return JSON.valueToTree(Map.of(
                        "normalizer",
                        Map.of("type", normalizer, "clean_text", true, "handle_chinese_chars", true, "lowercase", true),
                        "pre_tokenizer",
                        Map.of("type", "BertPreTokenizer"),
                        "model",
                        Map.of(
                                "type",
                                model,
                                "continuing_subword_prefix",
                                "##",
                                "unk_token",
                                "[UNK]",
                                "vocab",
                                vocabulary)))
                .toString();
    }
}
