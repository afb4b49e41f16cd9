package io.sluice.api.chat.running;

import io.sluice.api.chat.answers.AnswerMode;
import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Opening;
import io.sluice.api.chat.answers.Reply;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Answers that come to no end by themselves. */
@Singleton
public class AnswersInTests {

    private final RunningAnswers answers;

    AnswersInTests(RunningAnswers answers) {
        this.answers = answers;
    }

    /** Begins one of {@code anonymous}. */
    public void begin(UUID id) {
        Multi<AnswerPart> parts = Multi.createFrom().nothing();
        Opening opening = new Opening(null, AnswerMode.GENERATIVE, null, null, List.of(), null);
        answers.cancellable(id, new Reply(opening, parts), "anonymous")
                .parts()
                .subscribe()
                .with(part -> {}, cancelled -> {});
    }
}
