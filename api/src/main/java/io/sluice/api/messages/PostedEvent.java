package io.sluice.api.messages;

import io.sluice.contract.Event;

/**
 * An event that a client has posted.
 *
 * @param repeatable whether the client decides its id, so that it may be stored already
 */
record PostedEvent(Event event, boolean repeatable) {}
