package io.sluice.documents;

/**
 * Takes the passages of a document in their order, while the rest of it is still unread.
 *
 * @param <E> what it may throw, which ends the reading
 */
@FunctionalInterface
public interface PassageConsumer<E extends Exception> {
    void accept(Passage passage) throws E;

    /** Hears that the reading goes on: when it is the document's turn, and with each page, whether or not it has a passage. */
    default void goesOn() {}
}
