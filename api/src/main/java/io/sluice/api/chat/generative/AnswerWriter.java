package io.sluice.api.chat.generative;

import io.sluice.api.http.request.CallerContext;
import io.sluice.api.search.FoundPassage;
import io.sluice.llm.LanguageModel;
import io.sluice.llm.Prompt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Has answers written by the language model, if there is one. */
@Singleton
public class AnswerWriter {

    /** Text of an answer that the documents do not have. */
    public static final String NOT_FOUND = "Not found in the documents.";

    /** Bytes of a mark: so many that nobody guesses it. */
    private static final int MARK_BYTES = 12;

    private final SecureRandom random = new SecureRandom();
    private final Optional<LanguageModel> model;

    AnswerWriter(Optional<LanguageModel> model) {
        this.model = model;
    }

    /** True if there is a model. */
    public boolean isThere() {
        return model.isPresent();
    }

    /**
     * Passages that a model can be given together: the first ones.
     *
     * @param passages the best first
     */
    public List<FoundPassage> fitting(List<FoundPassage> passages) {
        return AnswerPrompt.fitting(passages);
    }

    /**
     * Asks the model, and waits until its text cites a passage, or says that there is no answer. What follows is told in the context of the caller.
     *
     * @param question in any language
     * @param history what was said before, the oldest turn first; of more than 1,500 estimated tokens the oldest turns are left out
     * @param passages that {@link #fitting} gives, numbered from 1 on
     * @return fails with {@link NotWrittenException}; cancelling it gives the answer up
     * @throws java.util.NoSuchElementException if there is no model
     */
    public Uni<Written> write(String question, List<Exchange> history, List<FoundPassage> passages) {
        return Uni.createFrom().deferred(() -> {
            LanguageModel asked = model.orElseThrow();
            Prompt prompt = AnswerPrompt.of(question, history, passages, mark());
            // A model tells its answer on threads of its own; what a request does belongs on its event loop.
            AnswerWriting writing = new AnswerWriting(new AnswerText(passages), CallerContext.executor());
            writing.isToldBy(asked.stream(prompt, writing));
            return Uni.createFrom()
                    .completionStage(writing.begun())
                    .onCancellation()
                    .invoke(writing::cancel);
        });
    }

    private String mark() {
        byte[] bytes = new byte[MARK_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
