package io.sluice.documents;

/**
 * Takes the passages of a document in their order, while the rest of it is still unread.
 *
 * @param <E> what it may throw, which ends the reading
 */
@FunctionalInterface
public interface PassageConsumer<E extends Exception> {
    void accept(Passage passage) throws E;
}
