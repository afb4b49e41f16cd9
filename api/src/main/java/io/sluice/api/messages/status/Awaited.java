package io.sluice.api.messages.status;

import java.util.UUID;

/**
 * An event that somebody waits for.
 *
 * @param caller who waits: a dead letter of somebody else under the same id says nothing of it
 */
public record Awaited(UUID id, String caller) {}
