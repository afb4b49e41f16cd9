package io.sluice.api.search;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.sluice.retrieval.RankedPassage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the worker answers, and believes none of it: whoever answers at its address may be another program, or another version. */
final class WorkerAnswer {

    private static final ObjectReader JSON = new ObjectMapper().readerFor(Body.class);

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Body(@Nullable String retrieval, @Nullable List<@Nullable Passage> passages) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Passage(@Nullable Long id, @Nullable Double score) {}

    private WorkerAnswer() {}

    /**
     * Reads an answer.
     *
     * @param limit number of passages, at most
     * @throws IOException if it is none; quotes nothing of it
     */
    static Ranking read(byte[] json, int limit) throws IOException {
        Body body;
        try {
            body = JSON.readValue(json);
        } catch (IOException e) {
            throw new IOException("it answered what is no ranking");
        }
        if (body == null || body.passages == null || body.passages.size() > limit) {
            throw new IOException("it answered what is no ranking");
        }
        Set<Long> ids = new HashSet<>();
        List<RankedPassage> passages = new ArrayList<>();
        for (Passage passage : body.passages) {
            if (passage == null
                    || passage.id == null
                    || passage.score == null
                    || !Double.isFinite(passage.score)
                    || !ids.add(passage.id)) {
                throw new IOException("it answered what is no passage");
            }
            passages.add(new RankedPassage(passage.id, passage.score));
        }
        return new Ranking(mode(body.retrieval), passages);
    }

    private static RetrievalMode mode(@Nullable String name) throws IOException {
        for (RetrievalMode mode : RetrievalMode.values()) {
            if (mode.toString().equals(name)) {
                return mode;
            }
        }
        throw new IOException("it ranked in a way that is not known");
    }
}
