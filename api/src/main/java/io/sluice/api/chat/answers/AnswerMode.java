package io.sluice.api.chat.answers;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Way in which an answer was made. */
public enum AnswerMode {
    /** Made of sentences of the documents, word for word. */
    EXTRACTIVE,
    /** Written by a language model, from passages of the documents that it cites. */
    GENERATIVE,
    /** Fixed, because the question sounds like an emergency: nothing was looked for. */
    EMERGENCY;

    /** Name in JSON. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
