/**
 * The path of an event from Kafka into PostgreSQL: receive, decode, store, commit, and pause where that is not possible. Features
 * are not part of it: they implement {@link io.sluice.consumer.intake.EventHandler} in packages of their own.
 */
@NullMarked
package io.sluice.consumer.intake;

import org.jspecify.annotations.NullMarked;
