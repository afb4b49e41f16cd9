/** The relay: publishes the events that features have written into the outbox, in the order of their aggregate. */
@NullMarked
package io.sluice.consumer.outbox;

import org.jspecify.annotations.NullMarked;
