/** Heartbeats of the batches under way, for health and shutdown. */
@NullMarked
package io.sluice.consumer.progress;

import org.jspecify.annotations.NullMarked;
