package io.sluice.api.chat.extractive;

import io.sluice.api.search.FoundPassage;

/**
 * A sentence of a passage.
 *
 * @param sentence word for word as it stands in the passage
 */
public record Quotation(FoundPassage passage, String sentence) {}
