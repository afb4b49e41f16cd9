package io.sluice.embedding;

/**
 * A text as a model reads it.
 *
 * @param ids of its word pieces, between those that mark begin and end
 * @param truncated true if the text goes on where the ids end
 */
record Tokens(long[] ids, boolean truncated) {}
