package io.sluice.api.chat.extractive;

import io.sluice.api.search.FoundPassage;
import java.util.List;

/**
 * Passages that have to do with a question, and the sentences of them that do most. Both are empty if the documents do not answer it.
 *
 * @param passages the best first
 * @param quotations the best first
 */
public record Extract(List<FoundPassage> passages, List<Quotation> quotations) {}
