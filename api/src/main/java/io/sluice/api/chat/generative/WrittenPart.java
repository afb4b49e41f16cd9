package io.sluice.api.chat.generative;

import java.util.List;

/** A part of a written answer: pieces of its text in their order, and the end. */
public sealed interface WrittenPart {

    /** A piece of the text, not empty. */
    record Text(String text) implements WrittenPart {}

    /**
     * The end, as the provider has said it.
     *
     * @param cited numbers of the passages that the text cites, in ascending order
     * @param isTruncated true if the text is as long as it may be, so that its last sentence may lack its end
     */
    record End(List<Integer> cited, boolean isTruncated) implements WrittenPart {}
}
