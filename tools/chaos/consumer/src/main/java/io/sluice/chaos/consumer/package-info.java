/** A handler beside the consumer's own, to see what becomes of handlers' effects when things fail. */
@NullMarked
package io.sluice.chaos.consumer;

import org.jspecify.annotations.NullMarked;
