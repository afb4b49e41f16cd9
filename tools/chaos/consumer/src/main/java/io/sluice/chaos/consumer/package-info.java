/** An additional event handler, whose effects are verified. */
@NullMarked
package io.sluice.chaos.consumer;

import org.jspecify.annotations.NullMarked;
