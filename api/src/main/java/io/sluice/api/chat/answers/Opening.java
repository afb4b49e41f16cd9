package io.sluice.api.chat.answers;

import io.sluice.api.search.RetrievalMode;
import java.util.List;

/**
 * Part of an answer that is known before its text.
 *
 * @param sources that its text refers to by their numbers; none if the documents do not answer the question
 */
public record Opening(AnswerMode mode, RetrievalMode retrieval, List<Source> sources) {}
