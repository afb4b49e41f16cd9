/** Batches from the connector: their size, their offsets, their acknowledgement, and the lag. */
@NullMarked
package io.sluice.consumer.reading;

import org.jspecify.annotations.NullMarked;
