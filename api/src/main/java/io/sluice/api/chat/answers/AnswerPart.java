package io.sluice.api.chat.answers;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A part of an answer behind its {@link Opening}: pieces of its text in their order, and the end. An answer without an end is none. */
public sealed interface AnswerPart {

    /** A piece of its text, not empty. */
    record Delta(String text) implements AnswerPart {}

    /**
     * The end of an answer that is whole.
     *
     * @param found false if the documents do not answer the question
     * @param cited numbers of the sources that its text refers to, in ascending order
     * @param given what it was made of, cited or not: with each of these it goes, since it may say the same in other words
     * @param isTruncated true if it is as long as an answer may be, so that its last sentence may lack its end
     * @param sessionId session that it is kept in, or {@code null} if in none
     * @param turn its number there, from 1 on, or {@code null}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Done(
            boolean found,
            AnswerMode mode,
            List<Integer> cited,
            @JsonIgnore List<Source> given,
            @JsonProperty("truncated") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean isTruncated,
            @Nullable UUID sessionId,
            @Nullable Integer turn)
            implements AnswerPart {

        /** The end of an answer that is kept in no session. */
        Done(boolean found, AnswerMode mode, List<Integer> cited, List<Source> given, boolean isTruncated) {
            this(found, mode, cited, given, isTruncated, null, null);
        }

        /** The same end of an answer that is kept in a session. */
        public Done keptIn(UUID session, int number) {
            return new Done(found, mode, cited, given, isTruncated, session, number);
        }
    }
}
