package io.sluice.retrieval;

/**
 * A passage that was found.
 *
 * @param id of the passage, which is never used again for another one
 * @param score the higher, the better it fits; to be compared within one ranking alone
 */
public record RankedPassage(long id, double score) {}
