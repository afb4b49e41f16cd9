/** The outbox: events that are committed together with the results they tell of, and that the consumer's relay publishes. */
@NullMarked
package io.sluice.worker.outbox;

import org.jspecify.annotations.NullMarked;
