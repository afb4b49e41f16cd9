/** Graceful shutdown: the signal that ends every wait. */
@NullMarked
package io.sluice.consumer.shutdown;

import org.jspecify.annotations.NullMarked;
