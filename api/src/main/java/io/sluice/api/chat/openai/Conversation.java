package io.sluice.api.chat.openai;

import io.sluice.api.chat.generative.Exchange;
import io.sluice.api.chat.sessions.FollowUp;
import java.util.List;

/**
 * A question, and what was said before it.
 *
 * @param history questions that were answered, the oldest first
 */
record Conversation(String question, List<Exchange> history) {

    /** Earlier questions that this one leaves something to, the last one first. */
    List<String> context() {
        return FollowUp.context(
                question, history.stream().map(Exchange::question).toList());
    }
}
