package io.sluice.embedding;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.sluice.embedding.ModelFiles.Reading;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A network of the kind of BERT, which turns a text into a vector of length 1; texts of like meaning have vectors of like direction.
 *
 * <p>Texts are not put together into batches: on one processor that is not faster, it takes several times the memory, and a network in int8
 * would make other vectors of a text beside other texts.
 */
final class EmbeddingModel implements AutoCloseable {

    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    private final OrtEnvironment runtime;
    private final OrtSession session;
    private final Reading reading;
    private final String output;
    private final int dimensions;
    private final String id;

    /**
     * Loads a network, and tries it with a text as long as it can be.
     *
     * @throws UnusableModelException if it is none, or none of this kind, or does not fit to the tokenizer
     */
    EmbeddingModel(ModelFiles files) throws UnusableModelException {
        runtime = NativeLibrary.load();
        reading = files.reading();
        String version = version(files);
        try (SessionOptions options = options()) {
            session = runtime.createSession(files.network(), options);
        } catch (OrtException e) {
            throw new UnusableModelException(
                    "model.onnx is no network that ONNX Runtime can load: " + e.getMessage(), e);
        }
        try {
            output = output();
            dimensions = embed(files.tokenizer().largest(reading.maxTokens())).length;
            refuseAnotherVocabulary(files);
            id = "%s/%s/%d".formatted(files.name(), version, dimensions);
        } catch (UnusableModelException e) {
            close();
            throw e;
        } catch (IllegalStateException e) {
            close();
            throw new UnusableModelException(
                    "model.onnx cannot read a text of %d tokens of this vocabulary: the tokenizer is another model's, or sentence_bert_config.json lacks the right max_seq_length"
                            .formatted(reading.maxTokens()),
                    e);
        }
    }

    /** Tries a token that the vocabulary does not have: a network that knows it was made with another one, and would read all words as others. */
    private void refuseAnotherVocabulary(ModelFiles files) throws UnusableModelException {
        try (OrtSession.RunOptions quiet = new OrtSession.RunOptions()) {
            quiet.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            embed(new Tokens(new long[] {files.tokens()}, false), quiet);
        } catch (IllegalStateException | OrtException isNone) {
            return;
        }
        throw new UnusableModelException(
                "model.onnx knows more tokens than the %d of this vocabulary: the tokenizer is another model's, or config.json lacks the right vocab_size"
                        .formatted(files.tokens()));
    }

    /** One thread, which does not spin while it waits: a pod has half a processor. */
    private static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        // The arena keeps what the longest text has taken. A plan for each length would make it grow, and weights need
        // no room to grow.
        options.setMemoryPatternOptimization(false);
        options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
        return options;
    }

    /** Checksum of what decides on the vectors, {@link Embedder#FORM} as well; a digest would take as long as to load the network. */
    private static String version(ModelFiles files) {
        CRC32C checksum = new CRC32C();
        checksum.update(files.network().duplicate());
        checksum.update(files.tokenizerFile());
        checksum.update(files.reading().toString().getBytes(StandardCharsets.UTF_8));
        checksum.update(Embedder.FORM.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /** Name of the output that has a vector for each token. */
    private String output() throws UnusableModelException {
        Set<String> inputs = session.getInputNames();
        if (!inputs.contains(IDS)
                || !inputs.contains(MASK)
                || !Set.of(IDS, MASK, TYPES).containsAll(inputs)) {
            throw new UnusableModelException("model.onnx takes %s, and must take %s, %s and perhaps %s"
                    .formatted(String.join(", ", inputs), IDS, MASK, TYPES));
        }
        try {
            for (var output : session.getOutputInfo().entrySet()) {
                if (output.getValue().getInfo() instanceof TensorInfo tensor
                        && tensor.type == OnnxJavaType.FLOAT
                        && tensor.getShape().length == 3) {
                    return output.getKey();
                }
            }
        } catch (OrtException e) {
            throw new UnusableModelException("model.onnx does not say what it gives", e);
        }
        throw new UnusableModelException("model.onnx has no output with a vector of floats for each token");
    }

    /** Name, version and dimensions, between slashes: vectors can be compared if these are the same. */
    String id() {
        return id;
    }

    /** Dimensions of the vectors. */
    int dimensions() {
        return dimensions;
    }

    /** Tokens that it reads, marks included. */
    int maxTokens() {
        return reading.maxTokens();
    }

    /**
     * A text's vector. Not to be called while, or after, the model is closed.
     *
     * @throws IllegalStateException if the network fails
     */
    float[] embed(Tokens tokens) {
        return embed(tokens, null);
    }

    private float[] embed(Tokens tokens, OrtSession.@Nullable RunOptions options) {
        long[] shape = {1, tokens.ids().length};
        long[] ones = new long[tokens.ids().length];
        Arrays.fill(ones, 1);
        try (OnnxTensor ids = OnnxTensor.createTensor(runtime, LongBuffer.wrap(tokens.ids()), shape);
                OnnxTensor mask = OnnxTensor.createTensor(runtime, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(runtime, LongBuffer.wrap(new long[ones.length]), shape)) {
            Map<String, OnnxTensor> inputs = new HashMap<>(Map.of(IDS, ids, MASK, mask, TYPES, types));
            inputs.keySet().retainAll(session.getInputNames());
            try (OrtSession.Result result = session.run(inputs, Set.of(output), options)) {
                return pooled(((OnnxTensor) result.get(0)).getFloatBuffer(), ones.length);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model failed.", e);
        }
    }

    private float[] pooled(FloatBuffer vectors, int tokens) {
        float[] sum = new float[vectors.remaining() / tokens];
        float[] vector = new float[sum.length];
        int read = reading.firstToken() ? 1 : tokens;
        for (int token = 0; token < read; token++) {
            vectors.get(vector);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        return normalized(sum);
    }

    private static float[] normalized(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float length = (float) Math.sqrt(squares);
        if (!(length > 0) || Float.isInfinite(length)) {
            throw new IllegalStateException("The embedding model gave no vector.");
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be closed.", e);
        }
    }
}
