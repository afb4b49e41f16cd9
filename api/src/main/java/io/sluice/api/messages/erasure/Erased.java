package io.sluice.api.messages.erasure;

/**
 * The result of a request to erase.
 *
 * @param messages how many it has erased
 * @param deadLetters how many it has erased
 * @param complete false if there may be more, for another request
 */
public record Erased(long messages, long deadLetters, boolean complete) {}
