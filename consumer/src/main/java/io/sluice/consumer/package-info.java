/** The program that takes events from Kafka and stores them in PostgreSQL. */
@NullMarked
package io.sluice.consumer;

import org.jspecify.annotations.NullMarked;
