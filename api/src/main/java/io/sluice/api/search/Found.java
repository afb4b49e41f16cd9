package io.sluice.api.search;

import java.util.List;

/**
 * Passages that were found for a question.
 *
 * @param passages the best first
 */
public record Found(RetrievalMode retrieval, List<FoundPassage> passages) {}
