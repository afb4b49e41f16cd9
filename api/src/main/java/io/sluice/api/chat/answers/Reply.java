package io.sluice.api.chat.answers;

import io.smallrye.mutiny.Multi;

/**
 * An answer that has begun.
 *
 * @param parts to be subscribed to once; the last one is {@link AnswerPart.Done}, or else they fail with a problem. Cancelling them ends the work
 */
public record Reply(Opening opening, Multi<AnswerPart> parts) {}
