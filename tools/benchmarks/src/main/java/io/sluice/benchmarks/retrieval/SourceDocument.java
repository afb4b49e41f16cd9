package io.sluice.benchmarks.retrieval;

/**
 * A document as it is uploaded.
 *
 * @param extension of its name, which says what it is: {@code pdf}, {@code html}, {@code md} or {@code txt}
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record SourceDocument(String id, String extension, byte[] bytes) {}
