package io.sluice.contract.json;

/**
 * A member of a JSON object, as a slice of the bytes it stands in.
 *
 * @param name the member's name, unescaped; may hold half a surrogate pair
 * @param start where its value begins, in bytes
 * @param end where its value has ended, in bytes; exclusive
 */
public record JsonMember(String name, int start, int end) {}
