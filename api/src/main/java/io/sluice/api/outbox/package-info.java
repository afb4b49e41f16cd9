/** The outbox: events that are committed together with the rows they tell of, and that the consumer's relay publishes. */
@NullMarked
package io.sluice.api.outbox;

import org.jspecify.annotations.NullMarked;
