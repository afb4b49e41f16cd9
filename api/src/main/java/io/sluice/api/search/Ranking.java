package io.sluice.api.search;

import io.sluice.retrieval.RankedPassage;
import java.util.List;

/**
 * Passages as they were ranked for a question, which are still to be checked and read.
 *
 * @param passages the best first
 */
record Ranking(RetrievalMode retrieval, List<RankedPassage> passages) {}
