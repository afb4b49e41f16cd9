package io.sluice.api.search;

import java.util.Collection;
import java.util.UUID;

/**
 * A question that passages are to be ranked for.
 *
 * @param caller name of who asks, in full, as the owner of documents
 * @param documents in which is looked; all of them if empty
 * @param limit number of passages, at most
 */
record RankedQuestion(String caller, String text, Collection<UUID> documents, int limit) {}
