/** The wire format: events, their records on Kafka, topics and dead letters. Plain Java, no framework. */
@NullMarked
package io.sluice.contract;

import org.jspecify.annotations.NullMarked;
