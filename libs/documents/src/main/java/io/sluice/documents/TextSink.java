package io.sluice.documents;

/**
 * Takes the text of a document in its order.
 *
 * @param <E> what its taker may throw
 */
interface TextSink<E extends Exception> {

    /** The page that all that follows is on, from 1 on; not called for formats without pages. */
    void page(int number) throws E;

    /** A heading; ends the paragraph before it. The level of an outer heading is smaller. */
    void heading(int level, String text) throws E;

    /** A clean line of the paragraph under way, or several. If it is wrapped, it continues the line before it; otherwise it is one of its own. */
    void line(String text, boolean wrapped) throws E;

    void endParagraph() throws E;
}
