package io.sluice.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A model's files, read.
 *
 * @param name of the model, for people
 * @param network in ONNX, outside of the heap
 * @param tokenizerFile as it was read
 * @param tokenizer of this file
 * @param tokens number of those that the network knows
 * @param reading of a text by the network
 */
record ModelFiles(
        String name,
        ByteBuffer network,
        byte[] tokenizerFile,
        WordPieceTokenizer tokenizer,
        int tokens,
        Reading reading) {

    private static final String BUILTIN = "all-minilm-l6-v2-q";

    /** Bytes of the largest resource: a resource has no length, and memory outside of the heap does not grow. */
    private static final int LARGEST_RESOURCE = 24 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reading of a text by a network.
     *
     * @param maxTokens of a text, marks included; what is behind them is not read
     * @param firstToken true if the vector of the first token stands for the text, false if the mean of all does
     */
    record Reading(int maxTokens, boolean firstToken) {

        /** The reading of all-MiniLM-L6-v2, as its model card has it, and of models that do not say. */
        static final Reading STANDARD = new Reading(256, false);
    }

    /** The model that comes with the program: all-MiniLM-L6-v2, its weights in int8. */
    static ModelFiles builtin() throws UnusableModelException {
        try {
            ByteBuffer network = ByteBuffer.allocateDirect(LARGEST_RESOURCE);
            try (InputStream content = resource("/%s.onnx".formatted(BUILTIN));
                    ReadableByteChannel channel = Channels.newChannel(content)) {
                while (channel.read(network) > 0) {
                    // Goes on until the end, or until the buffer is full, and then the network is no longer one.
                }
            }
            try (InputStream content = resource("/%s-tokenizer.json".formatted(BUILTIN))) {
                byte[] tokenizer = content.readAllBytes();
                WordPieceTokenizer splits = TokenizerFiles.json(tokenizer);
                return new ModelFiles(BUILTIN, network.flip(), tokenizer, splits, splits.tokens(), Reading.STANDARD);
            }
        } catch (IOException e) {
            throw new UnusableModelException("the model that comes with the program cannot be read", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream content = ModelFiles.class.getResourceAsStream(name);
        if (content == null) {
            throw new IOException("there is no resource " + name);
        }
        return content;
    }

    /**
     * A model of a directory, as Sentence Transformers and Optimum write it: {@code model.onnx}; {@code tokenizer.json}, or else
     * {@code vocab.txt}; and, if they are there, {@code config.json}, {@code sentence_bert_config.json} and {@code 1_Pooling/config.json}.
     */
    static ModelFiles in(Path directory) throws UnusableModelException {
        Path json = directory.resolve("tokenizer.json");
        boolean isJson = Files.exists(json);
        byte[] tokenizer = bytes(isJson ? json : directory.resolve("vocab.txt"));
        WordPieceTokenizer splits = isJson ? TokenizerFiles.json(tokenizer) : TokenizerFiles.lines(tokenizer);
        return new ModelFiles(
                name(directory),
                mapped(directory.resolve("model.onnx")),
                tokenizer,
                splits,
                tokens(directory, splits),
                reading(directory));
    }

    /** Number of the tokens that a network knows: those of the vocabulary, but where the model's own configuration says more, as for alignment. */
    private static int tokens(Path directory, WordPieceTokenizer tokenizer) throws UnusableModelException {
        int known =
                settings(directory.resolve("config.json")).path("vocab_size").asInt(tokenizer.tokens());
        if (known < tokenizer.tokens()) {
            throw new UnusableModelException(
                    "the vocabulary has %d tokens, and vocab_size of config.json is %d: the tokenizer is another model's"
                            .formatted(tokenizer.tokens(), known));
        }
        return known;
    }

    private static String name(Path directory) {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        return name == null ? "model" : name.toString().replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static Reading reading(Path directory) throws UnusableModelException {
        JsonNode limits = settings(directory.resolve("sentence_bert_config.json"));
        JsonNode pooling = settings(directory.resolve("1_Pooling").resolve("config.json"));
        int maxTokens = limits.path("max_seq_length").asInt(Reading.STANDARD.maxTokens());
        boolean first = pooling.path("pooling_mode_cls_token").asBoolean();
        if (first == pooling.path("pooling_mode_mean_tokens").asBoolean(!first)) {
            throw new UnusableModelException(
                    "1_Pooling/config.json must have one of pooling_mode_cls_token and pooling_mode_mean_tokens");
        }
        if (maxTokens <= WordPieceTokenizer.MARKS) {
            throw new UnusableModelException("max_seq_length of sentence_bert_config.json must be a number of tokens");
        }
        return new Reading(maxTokens, first);
    }

    private static JsonNode settings(Path file) throws UnusableModelException {
        try {
            return Files.exists(file) ? JSON.readTree(bytes(file)) : JSON.createObjectNode();
        } catch (IOException e) {
            throw new UnusableModelException(file + " is no JSON", e);
        }
    }

    private static ByteBuffer mapped(Path file) throws UnusableModelException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static byte[] bytes(Path file) throws UnusableModelException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UnusableModelException unreadable(Path file, IOException e) {
        String reason = e instanceof NoSuchFileException
                ? "is missing"
                : e instanceof AccessDeniedException
                        ? "cannot be read by the user that the program runs as"
                        : "cannot be read";
        return new UnusableModelException("%s %s".formatted(file, reason), e);
    }
}
