package io.sluice.api.chat.extractive;

import io.sluice.api.search.FoundPassage;
import java.util.List;
import java.util.Set;

/**
 * A passage, split into its sentences.
 *
 * @param headingLexemes of its heading alone
 * @param lexemes of all of it, and of its heading
 * @param sentences in their order
 */
record SplitPassage(FoundPassage passage, Set<String> headingLexemes, Set<String> lexemes, List<Sentence> sentences) {

    /** A sentence, with its lexemes. */
    record Sentence(String text, Set<String> lexemes) {}
}
