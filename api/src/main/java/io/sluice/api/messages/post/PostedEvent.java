package io.sluice.api.messages.post;

import io.sluice.contract.Event;

/**
 * An event that a client has posted.
 *
 * @param repeatable whether the client decides its id, so that it may be stored already
 */
public record PostedEvent(Event event, boolean repeatable) {}
