package io.sluice.contract.json;

/**
 * An element of a JSON array, as a slice of the bytes it stands in.
 *
 * @param start where it begins, in bytes
 * @param end where it has ended, in bytes; exclusive
 */
public record JsonElement(int start, int end) {}
