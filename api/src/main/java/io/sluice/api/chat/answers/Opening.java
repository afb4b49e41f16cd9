package io.sluice.api.chat.answers;

import io.sluice.api.search.RetrievalMode;
import java.util.List;

/**
 * What is known of an answer before its text.
 *
 * @param sources that its text refers to by their numbers; none if the documents do not answer the question
 */
public record Opening(AnswerMode mode, RetrievalMode retrieval, List<Source> sources) {}
