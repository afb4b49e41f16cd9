package io.sluice.embedding;

/**
 * A text as a vector.
 *
 * @param vector of length 1; the product of two is the cosine of the angle between them
 * @param truncated true if the text was longer than the model reads, so that its end has no part in the vector
 */
public record Embedding(float[] vector, boolean truncated) {}
