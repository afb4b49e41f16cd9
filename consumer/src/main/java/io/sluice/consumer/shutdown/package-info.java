/** Graceful shutdown: the signal that ends every wait, and the draining of the batches under way. */
@NullMarked
package io.sluice.consumer.shutdown;

import org.jspecify.annotations.NullMarked;
