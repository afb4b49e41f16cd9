package io.sluice.embedding;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Turns texts into vectors, one text at a time: a question that arrives waits for the one passage that is being embedded, at most, and not for
 * those that wait. For use by any number of threads.
 */
public final class Embedder implements AutoCloseable {

    /** Form of the text that is embedded of a passage. With another one, vectors are to be made anew. */
    static final String FORM = "headings";

    private final WordPieceTokenizer tokenizer;
    private final EmbeddingModel model;
    private final Turns turns = new Turns();

    private Embedder(ModelFiles files) throws UnusableModelException {
        tokenizer = files.tokenizer();
        model = new EmbeddingModel(files);
    }

    /**
     * Loads the model that comes with the program, all-MiniLM-L6-v2 with weights in int8, for English.
     *
     * @throws UnusableModelException if ONNX Runtime cannot be loaded here
     */
    public static Embedder builtin() throws UnusableModelException {
        return new Embedder(ModelFiles.builtin());
    }

    /**
     * Loads another model of the kind of BERT with a tokenizer of word pieces.
     *
     * @param directory with {@code model.onnx}, in one file; {@code tokenizer.json}, or else {@code vocab.txt} of a model in lower case; and,
     *     if they are there, {@code sentence_bert_config.json} with {@code max_seq_length}, 256 by default, and {@code 1_Pooling/config.json},
     *     the mean of all tokens by default
     * @throws UnusableModelException if a file is missing, or is not what the others go with; says which
     */
    public static Embedder of(Path directory) throws UnusableModelException {
        return new Embedder(ModelFiles.in(directory));
    }

    /**
     * Name, version and dimensions of the model, between slashes, to be kept with vectors: those of another model are not to be compared. The
     * version is a checksum of the model's files, and of what is embedded of a passage.
     */
    public String model() {
        return model.id();
    }

    /** Dimensions of the model's vectors. */
    public int dimensions() {
        return model.dimensions();
    }

    /** Tokens of a text that the model reads; the rest would be cut. */
    public int maxTokens() {
        return model.maxTokens() - WordPieceTokenizer.MARKS;
    }

    /** Number of tokens of a text. Quick, without a turn at the model; the counts of two texts are that of both with a blank between them. */
    public int count(String text) {
        return tokenizer.count(text);
    }

    /**
     * Embeds a text of a document, after the questions that wait.
     *
     * @throws IllegalStateException if the embedder is closed
     */
    public Embedding passage(String text) throws InterruptedException {
        Tokens tokens = tokenizer.encode(text, model.maxTokens());
        turns.takeForPassage();
        return embed(tokens);
    }

    /**
     * Embeds a passage below its heading, as {@link #passage(String)}: what is said under it often does not name its subject again. Where there is no
     * room for the heading, or the passage begins with it, the passage is embedded alone.
     *
     * @param heading empty for none
     */
    public Embedding passage(String heading, String text) throws InterruptedException {
        boolean isAlone = heading.isEmpty() || text.startsWith(heading) || count(heading) + count(text) > maxTokens();
        return passage(isAlone ? text : heading + "\n" + text);
    }

    /**
     * Embeds a question, before the passages that wait.
     *
     * @param timeout for the other questions before it
     * @throws TimeoutException if they took longer
     * @throws IllegalStateException if the embedder is closed
     */
    public Embedding question(String text, Duration timeout) throws InterruptedException, TimeoutException {
        Tokens tokens = tokenizer.encode(text, model.maxTokens());
        turns.takeForQuestion(timeout);
        return embed(tokens);
    }

    private Embedding embed(Tokens tokens) {
        try {
            return new Embedding(model.embed(tokens), tokens.truncated());
        } finally {
            turns.giveBack();
        }
    }

    /** Waits for the text that is being embedded, and frees the model's memory. */
    @Override
    public void close() {
        if (turns.close()) {
            model.close();
        }
    }
}
