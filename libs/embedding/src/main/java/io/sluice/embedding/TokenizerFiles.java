package io.sluice.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Files that describe a tokenizer, as Hugging Face's libraries write them. */
final class TokenizerFiles {

    /** Reader without a table of names, which there are 30,000 of. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build());

    private static final int LONGEST_WORD = 100;

    private TokenizerFiles() {}

    /**
     * Reads {@code tokenizer.json}, whose truncation, padding and special tokens are passed over.
     *
     * @throws UnusableModelException if it is none of BERT's
     */
    static WordPieceTokenizer json(byte[] content) throws UnusableModelException {
        JsonNode file = parsed(content);
        JsonNode model = file.path("model");
        require(model, "model.type", "type", "WordPiece");
        require(model, "model.continuing_subword_prefix", "continuing_subword_prefix", "##");
        require(model, "model.unk_token", "unk_token", "[UNK]");
        JsonNode normalizer = file.path("normalizer");
        require(normalizer, "normalizer.type", "type", "BertNormalizer");
        require(normalizer, "normalizer.clean_text", "clean_text", "true");
        require(normalizer, "normalizer.handle_chinese_chars", "handle_chinese_chars", "true");
        require(file.path("pre_tokenizer"), "pre_tokenizer.type", "type", "BertPreTokenizer");
        boolean lowercase = normalizer.path("lowercase").asBoolean();
        Map<String, Integer> ids = pieces(model.path("vocab"));
        for (JsonNode added : file.path("added_tokens")) {
            String name = added.path("content").asText();
            int id = added.path("id").asInt();
            Integer other = ids.putIfAbsent(name, id);
            if (other != null && other != id) {
                throw new UnusableModelException(
                        "%s is %d in the vocabulary of tokenizer.json, and %d in its added_tokens"
                                .formatted(name, other, id));
            }
        }
        return new WordPieceTokenizer(
                new Vocabulary(ids),
                lowercase,
                normalizer.path("strip_accents").asBoolean(lowercase),
                model.path("max_input_chars_per_word").asInt(LONGEST_WORD));
    }

    private static Map<String, Integer> pieces(JsonNode vocabulary) {
        Map<String, Integer> ids = new HashMap<>();
        vocabulary
                .properties()
                .forEach(piece -> ids.put(piece.getKey(), piece.getValue().intValue()));
        return ids;
    }

    /**
     * Reads {@code vocab.txt}, a piece a line, of a model in lower case.
     *
     * @throws UnusableModelException if it lacks a special token
     */
    static WordPieceTokenizer lines(byte[] content) throws UnusableModelException {
        Map<String, Integer> ids = new HashMap<>();
        String text = new String(content, StandardCharsets.UTF_8);
        int id = 0;
        for (String line : text.split("\n", -1)) {
            ids.put(line.stripTrailing(), id++);
        }
        ids.remove("");
        return new WordPieceTokenizer(new Vocabulary(ids), true, true, LONGEST_WORD);
    }

    private static JsonNode parsed(byte[] content) throws UnusableModelException {
        try {
            return JSON.readTree(content);
        } catch (IOException e) {
            throw new UnusableModelException("tokenizer.json is no JSON", e);
        }
    }

    private static void require(JsonNode parent, String path, String name, String value) throws UnusableModelException {
        String is = parent.path(name).asText("missing");
        if (!is.equals(value)) {
            throw new UnusableModelException(
                    "%s of tokenizer.json is %s, and must be %s: only tokenizers of BERT models are known"
                            .formatted(path, is, value));
        }
    }
}
