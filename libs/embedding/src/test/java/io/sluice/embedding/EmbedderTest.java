package io.sluice.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbedderTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String QUESTION = "How much paracetamol may an adult take a day?";
    private static final Embedder BUILTIN = builtin();

    private static Embedder builtin() {
        try {
            return Embedder.builtin();
        } catch (UnusableModelException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void close() {
        BUILTIN.close();
    }

    /** Copies tiny/, a model of four dimensions that its make.py has made. */
    private static Path tiny(Path folder) {
        for (String name : List.of("model.onnx", "vocab.txt")) {
            try (InputStream content = EmbedderTest.class.getResourceAsStream("tiny/" + name)) {
                Files.copy(content, folder.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder;
    }

    private static double cosine(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    @Test
    void embedsAsTheOriginal() throws InterruptedException, TimeoutException {
        // When
        float[] question = BUILTIN.question(QUESTION, LONG).vector();

        // Then: as by the model, tokenizers 0.23.3 and the mean of all tokens in Python. Processors differ in how they
        // add integers.
        float[] begin = {0.0556f, 0.0162f, -0.0091f, 0.0158f, -0.054f, -0.1219f, 0.0387f, 0.0897f};
        for (int i = 0; i < begin.length; i++) {
            assertThat(question[i]).isCloseTo(begin[i], within(0.02f));
        }
        assertThat(cosine(question, question)).isCloseTo(1, within(1e-5));
        assertThat(cosine(question, passage("Adults should not take more than 4 g of paracetamol in 24 hours.")))
                .isCloseTo(0.806, within(0.03));
        assertThat(cosine(question, passage("The engine of the car was repaired on Tuesday.")))
                .isCloseTo(-0.111, within(0.03));
    }

    private static float[] passage(String text) throws InterruptedException {
        return BUILTIN.passage(text).vector();
    }

    @Test
    void namesTheModelThatVectorsAreOf() {
        assertThat(BUILTIN.model()).isEqualTo("all-minilm-l6-v2-q/6a6fed71/384");
    }

    @Test
    void aPassageIsEmbeddedBelowItsHeading() throws InterruptedException {
        // Given
        String text = "Adults take one tablet in the morning.";
        String heading = "Xalobamol";

        // Then
        assertThat(BUILTIN.passage(heading, text).vector())
                .isEqualTo(passage("Xalobamol\nAdults take one tablet in the morning."))
                .isNotEqualTo(passage(text));
        assertThat(BUILTIN.passage("", text).vector()).isEqualTo(passage(text));
        assertThat(BUILTIN.passage(heading, heading + "\n" + text).vector()).isEqualTo(passage(heading + "\n" + text));
    }

    @Test
    void aHeadingTakesNothingFromThePassage() throws InterruptedException {
        // Given
        String text = "word ".repeat(BUILTIN.maxTokens() - 1).strip();

        // When
        Embedding fits = BUILTIN.passage("heading", text);
        Embedding doesNot = BUILTIN.passage("two words", text);

        // Then
        assertThat(fits.truncated()).isFalse();
        assertThat(fits.vector()).isEqualTo(passage("heading " + text));
        assertThat(doesNot.vector()).isEqualTo(passage(text));
    }

    @Test
    void tellsThatATextIsLongerThanTheModelReads() throws InterruptedException {
        // Given
        String longest = "word ".repeat(BUILTIN.maxTokens());

        // When
        Embedding whole = BUILTIN.passage(longest);
        Embedding cut = BUILTIN.passage(longest + "more");

        // Then
        assertThat(BUILTIN.count(longest)).isEqualTo(254);
        assertThat(whole.truncated()).isFalse();
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.vector()).isEqualTo(whole.vector());
    }

    @Test
    void aTextHasTheSameVectorWhateverIsEmbeddedBesideIt() throws InterruptedException, ExecutionException {
        // Given
        List<String> texts = List.of("a", QUESTION, "word ".repeat(100), "");
        List<float[]> alone = texts.stream().map(EmbedderTest::uninterrupted).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);

        // When
        List<Future<float[]>> together = IntStream.range(0, 40)
                .mapToObj(i -> threads.submit(() -> uninterrupted(texts.get(i % texts.size()))))
                .toList();

        // Then
        for (int i = 0; i < together.size(); i++) {
            assertThat(together.get(i).get()).isEqualTo(alone.get(i % texts.size()));
        }
        threads.shutdown();
    }

    private static float[] uninterrupted(String text) {
        try {
            return passage(text);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherModelIsReadFromADirectory(@TempDir Path folder) throws UnusableModelException, InterruptedException {
        Path named = tiny(folder);

        try (Embedder embedder = Embedder.of(named)) {
            // The mean of [CLS], cat, dog and [SEP].
            assertThat(embedder.model())
                    .matches("[A-Za-z0-9._-]+/[0-9a-f]{8}/4")
                    .startsWith(folder.getFileName() + "/");
            assertThat(embedder.maxTokens()).isEqualTo(254);
            assertThat(cosine(embedder.passage("Cat dog").vector(), new float[] {1.8f, 0.6f, 2, 0}))
                    .isCloseTo(Math.sqrt(1.8 * 1.8 + 0.6 * 0.6 + 2 * 2), within(1e-5));
        }
    }

    @Test
    void itsOwnLimitAndItsFirstTokenAreUsedWhereItSaysSo(@TempDir Path folder)
            throws IOException, UnusableModelException, InterruptedException {
        // Given
        String mean;
        try (Embedder embedder = Embedder.of(tiny(folder))) {
            mean = embedder.model();
        }
        Files.createDirectory(folder.resolve("1_Pooling"));
        Files.writeString(folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_cls_token\": true}");
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 8}");

        // When
        try (Embedder embedder = Embedder.of(folder)) {
            // Then
            assertThat(embedder.maxTokens()).isEqualTo(6);
            assertThat(embedder.passage("cat").vector()).containsExactly(0, 0, 1, 0);
            assertThat(embedder.model()).isNotEqualTo(mean);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "model.onnx, , is missing",
        "vocab.txt, , is missing",
        "model.onnx, no network, model.onnx is no network that ONNX Runtime can load",
        "vocab.txt, '[PAD]\n[UNK]\n[CLS]\n', 'the vocabulary has no [SEP]'",
        "vocab.txt, '[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd\ne\n', the tokenizer is another model's",
        "vocab.txt, '[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\n', model.onnx knows more tokens than the 6 of this vocabulary",
        "vocab.txt, 'a\n[UNK]\n[CLS]\n[SEP]\n[PAD]\nb\nc\nd\n', '[PAD] is not the first token of the vocabulary'",
        "config.json, '{\"vocab_size\": 7}', 'the vocabulary has 8 tokens, and vocab_size of config.json is 7'",
        "config.json, '{\"vocab_size\": 7', config.json is no JSON",
        "tokenizer.json, {}, 'model.type of tokenizer.json is missing'",
        "sentence_bert_config.json, '{\"max_seq_length\": 1}', max_seq_length of sentence_bert_config.json must be",
        "sentence_bert_config.json, {, sentence_bert_config.json is no JSON",
        "1_Pooling/config.json, '{\"pooling_mode_max_tokens\": true, \"pooling_mode_mean_tokens\": false}', 1_Pooling/config.json must"
    })
    void whatIsWrongWithAModelIsSaid(String file, String content, String fault, @TempDir Path folder)
            throws IOException {
        // Given
        Path wrong = tiny(folder).resolve(file);
        Files.createDirectories(wrong.getParent());
        if (content == null) {
            Files.delete(wrong);
        } else {
            Files.writeString(wrong, content);
        }

        // Then
        assertThatThrownBy(() -> Embedder.of(folder))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void aNetworkMayKnowMoreTokensWhereItsConfigurationSaysSo(@TempDir Path folder)
            throws IOException, UnusableModelException {
        // Given
        Files.writeString(tiny(folder).resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\ncat\n");
        Files.writeString(folder.resolve("config.json"), "{\"vocab_size\": 8}");

        // When, Then
        Embedder.of(folder).close();
    }

    @Test
    void isNotUsedOnceItIsClosed(@TempDir Path folder) throws UnusableModelException {
        Embedder embedder = Embedder.of(tiny(folder));

        embedder.close();
        embedder.close();

        assertThatThrownBy(() -> embedder.passage("cat")).hasMessage("The embedding model is closed.");
    }

    /** Loads the native library, in a process that is killed then. */
    static final class Loading {

        private Loading() {}

        public static void main(String[] args) throws UnusableModelException, IOException {
            NativeLibrary.load();
            System.out.println("loaded");
            System.in.read();
        }
    }

    @Test
    void aProcessThatIsKilledLeavesNoLibraryBehind(@TempDir Path folder) throws IOException, InterruptedException {
        // Given
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loading.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("loaded");

        // When
        process.destroyForcibly().waitFor();

        // Then
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
