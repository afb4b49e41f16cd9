package io.sluice.api.chat.generative;

import io.smallrye.mutiny.Multi;

/**
 * An answer that a language model has begun to write.
 *
 * @param isFound false if the model says that the passages do not answer the question; its text is that sentence then
 * @param parts to be subscribed to once; the last one is {@link WrittenPart.End}, or they fail with {@link NotWrittenException}. Cancelling them
 *     gives the answer up, and closes the connection to the provider
 */
public record Written(boolean isFound, Multi<WrittenPart> parts) {}
