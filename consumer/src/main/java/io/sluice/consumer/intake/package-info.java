/**
 * An event's way from Kafka into the database: receive, isolate, store, commit, and pause where that cannot be done. It knows
 * no feature.
 */
@NullMarked
package io.sluice.consumer.intake;

import org.jspecify.annotations.NullMarked;
