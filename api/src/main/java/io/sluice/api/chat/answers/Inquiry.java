package io.sluice.api.chat.answers;

import java.util.List;
import java.util.UUID;

/**
 * A question, and who asks it.
 *
 * @param caller name of who asks, in full
 * @param question to be searched for as it is
 * @param documents in which is looked; all that the caller can read if empty
 */
public record Inquiry(String caller, String question, List<UUID> documents) {}
